import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSources, repository } from './rules/sourceFiles.ts';

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

/** Source files that a page names in backquotes, which no file of ours ends with. */
function missingFiles(page: string, sources: Iterable<string>): readonly string[] {
  const paths = [...sources];
  const named = [...page.matchAll(/`([A-Za-z0-9_/]+\.tsx?)`/g)].map(([, name = '']) => name);
  return [...new Set(named)].filter((name) => !paths.some((path) => `/${path}`.endsWith(`/${name}`)));
}

test('every file that the architecture page names is there', () => {
  expect(missingFiles(read('docs/architecture.md'), readSources().keys())).toEqual([]);
});

test('reports a file that has moved, and a name that is only the end of another', () => {
  const page = 'See `core/text/lexer.ts`, `host/gone.ts` and `exer.ts`.';
  expect(missingFiles(page, ['src/core/text/lexer.ts'])).toEqual(['host/gone.ts', 'exer.ts']);
});

test('the glossary has at most sixty terms, each once', () => {
  const terms = [...read('docs/glossary.md').matchAll(/^- \*\*(.+?)\*\*/gm)].map(([, term]) => term);
  expect(terms.length).toBeGreaterThan(0);
  expect(terms.length).toBeLessThanOrEqual(60);
  expect(new Set(terms).size).toBe(terms.length);
});
