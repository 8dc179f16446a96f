import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createChatSource, drawChatCases } from '../../../src/evals/chatCases.ts';
import type { ChatCase } from '../../../src/evals/evalCase.ts';
import { unpaced, workspaceOf, type Texts } from './evaluationFixture.ts';

const MINT = `/** Converts a number of cents to the coins that make it up. */
export function coinsOfCents(cents: number): readonly Coin[] {
  const coins = [];
  return splitAmount(cents, coins);
}

export function splitAmount(cents: number, coins: Coin[]) {
  coins.push(cents);
  return coins;
}
`;
const SHOP = `import { coinsOfCents } from './mint.ts';

export class CashDrawer {
  payChange(cents) {
    // coinsOfCents is slow
    return coinsOfCents(cents);
  }
}
`;
const TEXTS: Texts = { 'src/mint.ts': MINT, 'src/shop.ts': SHOP };

async function casesOf(texts: Texts, source?: string, seed = 1): Promise<readonly ChatCase[]> {
  const workspace = await workspaceOf(texts);
  return workspace.files
    .flatMap((file) => createChatSource(seed).casesIn(file, workspace))
    .filter((each) => source === undefined || each.source === source);
}

const said = (cases: readonly ChatCase[]) =>
  cases.map(
    ({ question, gold }) =>
      `${question} ${gold.map(({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`).join(' ')}`,
  );

describe('questions about a name', () => {
  test('ask where it is defined when it means one thing', async () => {
    expect(said(await casesOf(TEXTS, 'chat-where'))).toEqual([
      'Where is `coinsOfCents` defined? src/mint.ts:2-5',
      'Where is `splitAmount` defined? src/mint.ts:7-10',
      'Where is `CashDrawer` defined? src/shop.ts:3-8',
      'Where is `payChange` defined? src/shop.ts:4-7',
    ]);
    const twice = { ...TEXTS, 'lib/other.ts': MINT };
    expect(said(await casesOf(twice, 'chat-where'))).toEqual([
      'Where is `CashDrawer` defined? src/shop.ts:3-8',
      'Where is `payChange` defined? src/shop.ts:4-7',
    ]);
  });

  test('ask what it does when a comment says so, and count the comment as answer', async () => {
    const [found, ...others] = await casesOf(TEXTS, 'chat-what');
    expect(others).toEqual([]);
    expect(said([found!])).toEqual(['What does `coinsOfCents` do? src/mint.ts:1-5']);
    expect(found?.hides).toEqual([]);
  });

  test('ask nothing in tests', async () => {
    expect(await casesOf({ 'test/mint.test.ts': MINT })).toEqual([]);
  });
});

describe('questions about callers', () => {
  test('are answered by every function that calls, which the answer has to name', async () => {
    const callers = await casesOf(TEXTS, 'chat-callers');
    expect(said(callers)).toEqual([
      'Which functions call `coinsOfCents`? src/shop.ts:4-7',
      'Which functions call `splitAmount`? src/mint.ts:2-5',
    ]);
    expect(callers.map(({ mustMention }) => mustMention)).toEqual([['payChange'], ['coinsOfCents']]);
  });

  test.each([
    ['a call outside of any function', { 'src/run.ts': 'const change = coinsOfCents(3);\n' }],
    ['a call in a test', { 'src/mint.test.ts': "it('pays', () => {\n  coinsOfCents(3);\n});\n" }],
    [
      'more callers than an answer can list',
      Object.fromEntries(
        ['one', 'two', 'three'].map((n) => [
          `src/${n}.ts`,
          `function use_${n}() {\n  return coinsOfCents(1);\n}\n`,
        ]),
      ),
    ],
  ])('are not asked with %s', async (_, more) => {
    const callers = await casesOf({ ...TEXTS, ...more }, 'chat-callers');
    expect(said(callers)).toEqual(['Which functions call `splitAmount`? src/mint.ts:2-5']);
  });

  test('do not take comments, strings and longer names for calls', async () => {
    const more = {
      'src/talk.ts': "function talk() {\n  // coinsOfCents\n  say('coinsOfCents', coinsOfCentsLater());\n}\n",
    };
    const [first] = await casesOf({ ...TEXTS, ...more }, 'chat-callers');
    expect(first?.mustMention).toEqual(['payChange']);
  });

  test('do not have to name a constructor, which is called by the name of its class', async () => {
    const shop = SHOP.replace('payChange(', 'constructor(');
    const [first] = await casesOf({ ...TEXTS, 'src/shop.ts': shop }, 'chat-callers');
    expect(first?.mustMention ?? []).not.toContain('constructor');
  });
});

describe('questions about what is done', () => {
  test('ask with the doc comment, which is hidden', async () => {
    const [found] = await casesOf(TEXTS, 'chat-how');
    expect(said([found!])).toEqual([
      'Which code converts a number of cents to the coins that make it up? src/mint.ts:2-5',
    ]);
    expect(found?.hides).toEqual([{ path: 'src/mint.ts', lines: { startLine: 1, endLine: 1 } }]);
  });

  test.each([
    ['Convert a number of cents to coins.', 'Where do we convert a number of cents to coins?'],
    ['Applies the discount to every open order.', 'Which code applies the discount to every open order?'],
    ['Fetches the rates of all known currencies.', 'Which code fetches the rates of all known currencies?'],
    ['The coins that make up an amount.', undefined],
    ['This converts cents to the coins in use.', undefined],
  ])('turn %j into %j', async (sentence, question) => {
    const mint = MINT.replace(/\/\*\*.*\*\//, `/** ${sentence} */`);
    const [found] = await casesOf({ 'src/mint.ts': mint }, 'chat-how');
    expect(found?.question).toBe(question);
  });
});

describe('questions about what is not there', () => {
  test('name something made of parts of real names', async () => {
    const absent = await casesOf(TEXTS, 'chat-absent');
    for (const each of absent) {
      expect(each).toMatchObject({ isAnswerable: false, gold: [] });
      const [, name = ''] = /`(\w+)`/.exec(each.question) ?? [];
      expect(name).not.toBe('');
      expect(`${MINT}${SHOP}`.toLowerCase()).not.toContain(name.toLowerCase());
    }
    expect(absent.length).toBeGreaterThan(0);
  });

  test('never use a name that any file has, whatever its spelling', async () => {
    const names = (cases: readonly ChatCase[]) =>
      cases.map(({ question }) => /`(\w+)`/.exec(question)?.[1] ?? '');
    const known = new Set<string>();
    for (let round = 0; round < 4; round++) {
      const notes = [...known].map((name) => name.replace(/(?=[A-Z])/g, '_').toUpperCase()).join('\n');
      const found = names(await casesOf({ ...TEXTS, 'notes.md': notes }, 'chat-absent'));
      for (const name of found) {
        expect(known.has(name)).toBe(false);
        known.add(name);
      }
    }
    expect(known.size).toBeGreaterThan(1);
  });
});

describe('a draw of questions', () => {
  test('is the same for the same seed, and another for another', async () => {
    const workspace = await workspaceOf(
      Object.fromEntries(
        ['gold', 'lead', 'iron'].map((metal) => [
          `${metal}/mint.ts`,
          MINT.replaceAll('Cents', metal).replaceAll('Amount', `${metal}Amount`),
        ]),
      ),
    );
    const draw = async (seed: number) =>
      (await drawChatCases(workspace, { count: 8, seed }, unpaced)).cases.map(({ id }) => id);
    expect(await draw(1)).toEqual(await draw(1));
    expect(await draw(1)).not.toEqual(await draw(2));
    expect(await draw(1)).toHaveLength(8);
  });

  test('drops a question that two definitions answer', async () => {
    const lib = MINT.replaceAll('coinsOfCents', 'coinsOfPence').replaceAll('splitAmount', 'splitPence');
    const workspace = await workspaceOf({ ...TEXTS, 'lib/pence.ts': lib });
    const { available } = await drawChatCases(workspace, { count: 40, seed: 1 }, unpaced);
    expect(available['chat-how']).toBe(0);
  });

  test('keeps every id when an unrelated file joins', async () => {
    const before = (await casesOf(TEXTS)).map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(
        fc.stringMatching(/^[a-z]{3,8}$/),
        fc.stringMatching(/^q[a-z]{5,9}$/),
        async (file, name) => {
          const texts = {
            ...TEXTS,
            [`zoo/${file}.ts`]: `export function ${name}() {\n  return ${name}2();\n}\n`,
          };
          const after = new Set((await casesOf(texts)).map(({ id }) => id));
          expect(before.filter((id) => !after.has(id))).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });
});
