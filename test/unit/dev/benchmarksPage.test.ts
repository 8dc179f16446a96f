import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { expect, test } from 'vitest';
import { ROOT } from '../../../bin/dev/lib/places.mjs';
import { renderPage } from '../../bench/page.mjs';
import { readResults } from '../../bench/readResults.mjs';

test('docs/benchmarks.md is what the stored results say', async () => {
  const config = await prettier.resolveConfig(join(ROOT, 'package.json'));
  const page = await prettier.format(renderPage(await readResults()), { ...config, parser: 'markdown' });
  expect(readFileSync(join(ROOT, 'docs/benchmarks.md'), 'utf8')).toBe(page);
});
