import { expect, test } from 'vitest';
import { plant } from './rules/sourceFiles.ts';
import { structureOf } from './rules/structure.ts';

const sources = plant({
  'src/core/text/a.ts': "import type { B } from '../chat/b.ts';\nimport { b } from '../chat/b.ts';\nx;\n",
  'src/core/chat/b.ts': "import { a } from '../text/a.ts';\n",
  'src/core/chat/c.ts': 'x;\n'.repeat(6),
});

test('counts files, lines and imports, each pair of files once', () => {
  const figures = structureOf(sources, plant({ 'test/a.test.ts': 'x;\n'.repeat(5) }));
  expect(figures).toMatchObject({ files: 3, lines: 10, medianLines: 3, p90Lines: 6, maxLines: 6 });
  expect(figures).toMatchObject({ imports: 2, importsPer100Lines: 20, testsPerLine: 0.5 });
});

test('counts cycles, and imports against the order of the rooms', () => {
  expect(structureOf(sources, plant({}))).toMatchObject({ cycles: 1, breaches: 2 });
});
