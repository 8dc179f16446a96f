import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authoredCases } from '../../../src/evals/authored/casesOfFile.ts';
import { drawChatCases } from '../../../src/evals/chatCases.ts';
import { hideCases } from '../../../src/evals/hiddenText.ts';
import { drawRetrievalCases } from '../../../src/evals/retrievalCases.ts';
import { unpaced, workspaceOf, type Texts } from './evaluationFixture.ts';

/** Draws the same texts in every run, so that what fails once can be looked into. */
const SEED = 20_261_121;

const MONEY = `export function roundCents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

export class Ledger {
  close() {
    return 1;
  }
}

export class Till {
  close() {
    return 2;
  }
}
`;

async function read(yaml: string, more: Texts = {}) {
  const workspace = await workspaceOf({ 'src/money.ts': MONEY, 'checks/money.eval.yaml': yaml, ...more });
  const chat = await authoredCases('chat', workspace, unpaced);
  const retrieval = await authoredCases('retrieval', workspace, unpaced);
  const completion = await authoredCases('completion', workspace, unpaced);
  const problems = new Set([chat, retrieval, completion].flatMap((each) => each.problems));
  return {
    chat: chat.cases,
    retrieval: retrieval.cases,
    completion: completion.cases,
    problems: [...problems],
  };
}

/** `problem` of the only entry of a file with one chat case that has these lines. */
const problemsOf = async (...lines: readonly string[]) =>
  (
    await read(
      ['chat:', '  - question: How are cents rounded?', ...lines.map((line) => `    ${line}`)].join('\n'),
    )
  ).problems;

describe('a chat case', () => {
  test('has its question, whole ranges as gold, what must be said, and hides its own file', async () => {
    const { chat, problems } = await read(`tags: [billing]
chat:
  - id: rounding
    question: How are cents rounded?
    gold: [src/money.ts#roundCents, src/money.ts#L2-L3, src/money.ts]
    mustMention: [Math.round]
    mustNotMention: [Math.floor]
    tags: [money]
`);
    expect(problems).toEqual([]);
    expect(chat).toEqual([
      {
        id: 'authored:checks/money.eval.yaml#rounding',
        source: 'authored',
        language: 'TypeScript',
        folder: 'src',
        path: 'checks/money.eval.yaml',
        tags: ['billing', 'money'],
        question: 'How are cents rounded?',
        gold: [
          { path: 'src/money.ts', startLine: 1, endLine: 3 },
          { path: 'src/money.ts', startLine: 2, endLine: 3 },
          { path: 'src/money.ts', startLine: 1, endLine: 15 },
        ],
        isAnswerable: true,
        mustMention: ['Math.round'],
        mustNotMention: ['Math.floor'],
        hides: [{ path: 'checks/money.eval.yaml' }],
      },
    ]);
  });

  test('may ask for what is not there', async () => {
    const { chat } = await read('chat:\n  - question: How are taxes paid?\n    answerable: false\n');
    expect(chat).toMatchObject([{ isAnswerable: false, gold: [], language: 'Other', folder: 'checks' }]);
  });

  test.each([
    ['src/money.ts#Ledger.close', [[6, 8]]],
    ['src/money.ts#Till.close', [[12, 14]]],
    [
      'src/money.ts#close',
      [
        [6, 8],
        [12, 14],
      ],
    ],
    ['src/money.ts#L10', [[10, 10]]],
    ['src/money.ts#L10-12', [[10, 12]]],
    ['./src/money.ts#15', [[15, 15]]],
  ])('takes %s for lines', async (gold, ranges) => {
    const { chat } = await read(`chat: [{ question: Where?, gold: ['${gold}'] }]`);
    expect(chat[0]?.gold.map(({ startLine, endLine }) => [startLine, endLine])).toEqual(ranges);
  });
});

test('a search finds any of its gold', async () => {
  const { retrieval } = await read(
    'retrieval:\n  - question: round cents\n    gold: [src/money.ts#roundCents]\n',
  );
  expect(retrieval).toMatchObject([
    { question: 'round cents', name: 'src/money.ts#roundCents', gold: [{ startLine: 1, endLine: 3 }] },
  ]);
});

describe('a line to be completed', () => {
  const entry = (before: string, expected: string) =>
    read(`completion: [{ path: src/money.ts, before: '${before}', expected: '${expected}' }]`);

  test.each([
    ['return ', 'Math.round(amount * 100) / 100;', 'token-border'],
    ['', 'return Math.round(amount * 100) / 100;', 'line-start'],
    ['return Math.rou', 'nd(amount * 100) / 100;', 'inside-identifier'],
  ])('is found by its text: %j', async (before, expected, kind) => {
    const { completion, problems } = await entry(before, expected);
    expect(problems).toEqual([]);
    const [found] = completion;
    expect(found).toMatchObject({ kind, line: 2, path: 'src/money.ts', expected });
    expect(MONEY.slice(found?.offset, found?.lineEnd)).toBe(expected);
  });

  test('has to be there, once', async () => {
    expect((await entry('return ', '3;')).problems).toEqual([
      expect.stringContaining('No line of src/money.ts is `return 3;`. Copy'),
    ]);
    expect((await entry('', 'close() {')).problems).toEqual([
      expect.stringContaining('Lines 6, 12 of src/money.ts are all `close() {`. Choose'),
    ]);
  });
});

describe('what is wrong', () => {
  test.each([
    [['gold: [src/mony.ts]'], '3:12: src/mony.ts is not among the files that are evaluated. Check'],
    [['gold: [src/money.ts#L2-L99]'], '3:12: src/money.ts has 15 lines, so `L99` is past its end.'],
    [['gold: [src/money.ts#L9-L2]'], '3:12: `L9-L2` is no range of lines.'],
    [['gold: [src/money.ts#L0]'], '3:12: `L0` is no range of lines.'],
    [['gold: [src/money.ts#]'], '3:12: `src/money.ts#` ends with #.'],
    [['gold: [/etc/passwd]'], '3:12: `/etc/passwd` has to be a path inside the workspace'],
    [['gold: [a/../../b.ts]'], '3:12: `a/../../b.ts` has to be a path inside the workspace'],
    [['gold: [src/money.ts#round]'], '3:12: src/money.ts defines no `round`. It defines roundCents, Ledger'],
    [['gold: [src/money.ts#Ledger.open]'], '3:12: src/money.ts defines no `Ledger.open`.'],
    [['gold: [checks/money.eval.yaml#x]'], 'It defines nothing; give lines instead.'],
    [['gold: src/money.ts'], '3:11: `gold` has to be a list, one `- ` a line.'],
    [['gold: [7]'], '3:12: `gold` has to be text.'],
    [['gold: [""]'], '3:12: `gold` is empty.'],
    [['golds: [src/money.ts]'], '3:5: Unknown key `golds`. Known here: id, question, gold, mustMention,'],
    [['tags: []'], 'An answerable question needs `gold`. List'],
    [['answerable: false', 'gold: [src/money.ts]'], '4:11: A question that is not answerable has no `gold`.'],
    [['answerable: maybe'], '3:17: `answerable` has to be true or false.'],
    [['gold: [src/money.ts'], 'This is not valid YAML: '],
  ])('%j is said with its line: %s', async (lines, message) => {
    const problems = await problemsOf(...lines);
    const place = /^\d+:\d+/.test(message) ? `checks/money.eval.yaml:${message}` : message;
    expect(problems.filter((problem) => problem.includes(place))).toHaveLength(1);
    for (const problem of problems) expect(problem).toMatch(/^checks\/money\.eval\.yaml:\d+:\d+: \S/);
  });

  test.each([
    ['cases: []', '1:1: Unknown key `cases`. Known here: tags, chat, retrieval, completion.'],
    ['just words', '1:1: `This file` has to be keys with values.'],
    ['chat:\n  - gold: [src/money.ts]', '2:5: `question` is missing. Add it.'],
    ['chat:\n  - nothing', '2:5: `chat` has to be keys with values.'],
    ['chat: [{ question: A?, gold: [src/money.ts], question: B? }]', 'This is not valid YAML'],
  ])('%j is said', async (yaml, message) => {
    const { problems } = await read(yaml);
    expect(problems.some((problem) => problem.includes(message))).toBe(true);
  });

  test('in one case leaves the others alone', async () => {
    const { chat, problems } = await read(`chat:
  - question: How are cents rounded?
    gold: [src/money.ts]
  - question: What is this?
    gold: [src/gone.ts]
  - question: 7
  - question: How is a till closed?
    gold: [src/money.ts#Till]
`);
    expect(chat.map(({ question }) => question)).toEqual(['How are cents rounded?', 'How is a till closed?']);
    expect(problems).toHaveLength(2);
  });

  test('in one file leaves the others alone', async () => {
    const more = { 'good.eval.yml': 'retrieval: [{ question: closing a till, gold: [src/money.ts#Till] }]' };
    const { retrieval, problems } = await read('chat: [', more);
    expect(retrieval).toHaveLength(1);
    expect(problems.length).toBeGreaterThan(0);
  });

  test('is two cases of one name', async () => {
    const entry = '{ question: Where?, gold: [src/money.ts] }';
    expect((await read(`chat: [${entry}, ${entry}]`)).problems).toEqual([
      'checks/money.eval.yaml:1:64: Another case of this file has the same question. Change one of them.',
    ]);
  });

  test.each([
    ['leads nowhere', 'chat: *missing'],
    ['multiplies', `a: &a [x]\nb: &b [${'*a, '.repeat(99)}]\nchat: [${'*b, '.repeat(99)}]`],
  ])('is an alias that %s', async (_, yaml) => {
    const { chat, problems } = await read(yaml);
    expect(chat).toEqual([]);
    expect(problems).toEqual([
      expect.stringMatching(/^checks\/money\.eval\.yaml:1:1: This is not valid YAML: .*alias.*\.$/i),
    ]);
  });

  test('is never a thrown error, whatever the file holds', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        'chat:',
        '  - question: Q',
        '    gold: [src/money.ts]',
        'retrieval:',
        '- &a [*a]',
        '- *b',
        '? x',
        '\t',
        '---',
      ),
      fc.string({ maxLength: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
        const { problems } = await read(lines.join('\n'));
        for (const problem of problems) expect(problem).toMatch(/^checks\/money\.eval\.yaml:\d+:\d+: /);
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});

test('an empty file holds nothing and nothing is wrong with it', async () => {
  expect(await read('')).toEqual({ chat: [], retrieval: [], completion: [], problems: [] });
  expect((await read('# soon\n')).problems).toEqual([]);
});

test('ids stay when a case is reworded under its id, moved, or joined by others', async () => {
  const one = '  - id: till\n    question: How is a till closed?\n    gold: [src/money.ts#Till]\n';
  const two = '  - question: How are cents rounded?\n    gold: [src/money.ts]\n';
  const ids = async (yaml: string) => (await read(yaml)).chat.map(({ id }) => id);
  const before = await ids(`chat:\n${one}${two}`);
  const after = await ids(`chat:\n${two}${one.replace('How is a', 'What happens when a')}`);
  expect(after.toSorted()).toEqual(before.toSorted());
});

describe('in a draw', () => {
  const yaml = `chat:
  - question: How are cents rounded?
    gold: [src/money.ts]
  - question: What is this?
    gold: [src/gone.ts]
retrieval:
  - question: closing a till
    gold: [src/money.ts#Till]
`;
  const texts = { 'src/money.ts': MONEY, 'money.eval.yaml': yaml };

  test('they come first and are counted, and what is wrong is told to the suite it concerns', async () => {
    const workspace = await workspaceOf(texts);
    const chat = await drawChatCases(workspace, { count: 2, seed: 1 }, unpaced);
    expect(chat.cases).toHaveLength(2);
    expect(chat.cases[0]?.question).toBe('How are cents rounded?');
    expect(chat.available).toMatchObject({ authored: 1 });
    expect(chat.problems).toEqual([expect.stringContaining('money.eval.yaml:5:12: src/gone.ts')]);
    const retrieval = await drawRetrievalCases(workspace, { count: 1, seed: 1 }, unpaced);
    expect(retrieval.cases.map(({ question }) => question)).toEqual(['closing a till']);
    expect(retrieval.problems).toEqual([]);
  });

  test('their files are in no index', async () => {
    const { files } = await workspaceOf(texts);
    expect(hideCases(files, []).map(({ path }) => path)).toEqual(['src/money.ts']);
  });
});
