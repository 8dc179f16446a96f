import { expect, test } from 'vitest';
import { loadTreeSitter } from '../../../../src/adapters/treesitter/treeSitterParser.ts';
import { silentLogger } from '../../../support/silentLogger.ts';
import { readGrammarFile } from './grammarSet.ts';

// In a file of its own: only the first loading of a thread starts the runtime.
test('two parsers that are loaded at once both work', async () => {
  const load = () => loadTreeSitter(readGrammarFile, silentLogger);
  const [loading, other] = [load(), load()];
  const content = 'function f() {\n  g();\n}\n';
  const first = await loading;
  const found = () => Array.from(first?.constructs('a.ts', content, () => false) ?? []);
  expect(found()).toEqual([0, 23, 13, 23]);
  const second = await other;
  expect(second?.constructs('a.py', 'def f():\n  g()\n', () => false)).toHaveLength(2);
  expect(found()).toEqual([0, 23, 13, 23]);
});
