import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkCases } from '../../../src/engine/evaluation/checkCases.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 'touchstone-cases-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/money.ts'), 'export function roundCents() {\n  return 1;\n}\n');
});
afterEach(() => rmSync(root, { recursive: true }));

const check = async (text: string) =>
  (await checkCases({ root, path: 'money.eval.yaml', text })).map(
    ({ line, message }) => `${line} ${message}`,
  );

test('finds nothing wrong with what is there, saved or not', async () => {
  expect(await check('retrieval:\n  - question: round cents\n    gold: [src/money.ts#roundCents]\n')).toEqual(
    [],
  );
});

test('says what is not there, past the end, or outside', async () => {
  const text = `chat:
  - question: How are cents rounded?
    gold:
      - src/mony.ts
      - src/money.ts#L2-L9
      - ../secret.ts
completion:
  - path: src/money.ts
    before: 'return '
    expected: '2;'
`;
  expect(await check(text)).toEqual([
    expect.stringMatching(/^4 src\/mony\.ts is not among the files/),
    expect.stringMatching(/^5 src\/money\.ts has 3 lines/),
    expect.stringMatching(/^6 `\.\.\/secret\.ts` has to be a path inside/),
    expect.stringMatching(/^10 No line of src\/money\.ts is `return 2;`/),
  ]);
});
