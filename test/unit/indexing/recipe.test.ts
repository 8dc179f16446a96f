import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GRAMMARS, RECIPE } from '../../../src/core/indexing/recipe.ts';

test('other grammars make another recipe', () => {
  const manifest = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8');
  const { devDependencies } = JSON.parse(manifest) as { devDependencies: Record<string, string> };
  expect(GRAMMARS).toBe(devDependencies['@vscode/tree-sitter-wasm']);
  expect(RECIPE).toContain(`grammars ${GRAMMARS}`);
});
