import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asWords, inPart, misspelt } from '../../../src/evals/sources/docCommentSource.ts';
import { drawRetrievalCases } from '../../../src/evals/retrievalCases.ts';
import { unpaced, workspaceOf } from './evaluationFixture.ts';

const define = (...names: readonly string[]) =>
  workspaceOf({ 'a.ts': names.map((name) => `export function ${name}() {\n  return 1;\n}\n`).join('\n') });

describe('a name in words', () => {
  test.each([
    ['roundCents', 'round cents'],
    ['open_front_gate', 'open front gate'],
    ['parseHTTPHeader', 'parse http header'],
  ])('of %s is %s', async (name, words) => {
    expect(asWords(name, await define(name))).toBe(words);
  });

  test('is not asked when other names have the same words, or when a part is no word', async () => {
    expect(asWords('roundCents', await define('roundCents', 'round_cents_up'))).toBeUndefined();
    expect(asWords('roundOf', await define('roundOf'))).toBeUndefined();
  });
});

describe('a part of a name', () => {
  test('is its beginning or its end, and nobody else has it', async () => {
    const asked = inPart('createQueryRunner', await define('createQueryRunner', 'query', 'Runner'));
    expect(['createQuery', 'QueryRunner']).toContain(asked);
    const taken = await define('createQueryRunner', 'stopQueryRunner');
    expect(inPart('createQueryRunner', taken)).toBe('createQuery');
    expect(
      inPart('createQueryRunner', await define('createQueryRunner', 'stopQueryRunner', 'createQueryPlan')),
    ).toBeUndefined();
    expect(inPart('create_query_runner', await define('create_query_runner', 'stop_query_runner'))).toBe(
      'create_query',
    );
  });

  test('is not asked of a name of two parts', async () => {
    expect(inPart('roundCents', await define('roundCents'))).toBeUndefined();
  });
});

describe('a misspelt name', () => {
  test('differs in one place, keeps its first letter, is in no file, and is the same every time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z]{6,9}[A-Z][a-z]{4,8}$/), async (name) => {
        const workspace = await define(name);
        const wrong = misspelt(name, workspace);
        if (wrong === undefined) return;
        expect(wrong).not.toBe(name);
        expect(Math.abs(wrong.length - name.length)).toBeLessThanOrEqual(1);
        expect(wrong[0]).toBe(name[0]);
        expect(workspace.lacks(wrong)).toBe(true);
        expect(misspelt(name, await define(name, 'other'))).toBe(wrong);
      }),
      { numRuns: 40 },
    );
  });

  test('is not asked when somebody has spelt it so', async () => {
    const wrong = misspelt('openGardenGate', await define('openGardenGate')) ?? '';
    expect(wrong).not.toBe('');
    const workspace = await workspaceOf({
      'a.ts': 'export function openGardenGate() {\n  return 1;\n}\n',
      'notes.md': `Not ${wrong}.`,
    });
    expect(misspelt('openGardenGate', workspace)).toBeUndefined();
  });
});

test('every form asks for the first line of the definition, under an id of its own', async () => {
  const workspace = await workspaceOf({
    'a.ts': '\nexport function openGardenGate() {\n  return 1;\n}\n',
    'b.ts': 'openGardenGate();\n',
  });
  const { cases } = await drawRetrievalCases(workspace, { count: 10, seed: 1 }, unpaced);
  expect(cases.map(({ id }) => id).toSorted()).toEqual([
    'identifier:a.ts#openGardenGate',
    'name-part:a.ts#openGardenGate',
    'name-typo:a.ts#openGardenGate',
    'name-words:a.ts#openGardenGate',
  ]);
  for (const { gold } of cases) expect(gold).toEqual([{ path: 'a.ts', startLine: 2, endLine: 2 }]);
});
