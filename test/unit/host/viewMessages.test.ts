import { beforeEach, expect, it } from 'vitest';
import { ChatSession } from '../../../src/host/chat/chatSession.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { FakeChatEngine, settled } from './fakeChatEngine.ts';

const CODE = 'x = 1\n';
const markdown = [
  ...['Here [1]:', '```ts', 'x = 1', '```', '1. so', '', '   ```', '   refused', '   ```'],
  ...['', 'Unfenced:', '', '    y = 2\u200b'],
].join('\n');
const citation = { number: 1, root: '/w', path: 'a.ts', startLine: 1, endLine: 9 };

function nested(levels: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

let clock: FakeClock;
let opened: unknown[];
let logged: string[];
let inserted: string[];
let approvals: string[];
let approve: (text: string) => Promise<string | undefined>;
let copied: string[];
let refusals: number;
let isFileGone: boolean;
let used: object[];
let sent: unknown[];
let session: ChatSession;

/** A conversation of one question, `id2`, and its answer, `id1`; the view is ready. */
beforeEach(async () => {
  const engine = new FakeChatEngine();
  clock = new FakeClock();
  [opened, logged, inserted, approvals, copied, used, sent] = [[], [], [], [], [], [], []];
  approve = (text) => Promise.resolve(text);
  refusals = 0;
  isFileGone = false;
  let ids = 0;
  session = new ChatSession({
    engine,
    clock,
    keeper: {
      restore: () => Promise.resolve([]),
      changed: () => undefined,
      flush: () => Promise.resolve(),
    },
    openLocation: (...location) => {
      opened.push(location);
      return Promise.resolve();
    },
    approve: (text, use) => {
      approvals.push(use);
      return approve(text);
    },
    copyText: (text) => {
      copied.push(text);
      return Promise.resolve();
    },
    refused: () => {
      refusals++;
    },
    insertAtCursor: (text) => {
      inserted.push(text);
      return isFileGone ? Promise.reject(new Error('gone')) : Promise.resolve(text !== 'refused\n');
    },
    signals: { answered: () => undefined, used: ({ id, source }, use) => used.push({ id, source, ...use }) },
    newId: () => `id${++ids}`,
    notes: { answered: () => '', stopped: () => '', failed: () => '' },
    log: {
      warn: (message) => logged.push(`warn: ${message}`),
      error: (message) => logged.push(`error: ${message}`),
    },
  });
  session.attach((message) => sent.push(message));
  session.receive({ type: 'ready' });
  session.ask('where?');
  await engine.send(
    { type: 'citation', citation },
    { type: 'text', text: markdown },
    {
      type: 'done',
      answer: {
        text: markdown,
        citations: [citation],
        source: 'extractive',
        grounding: { checked: 1, supported: 1 },
        provenance: { source: 'extractive', settings: '0', latencyMs: 7 },
      },
    },
  );
});

it.each([
  ['another answer', { messageId: 'id2', code: CODE }],
  ['no answer', { messageId: 'id99', code: CODE }],
  ['an answer without an id', { messageId: '', code: CODE }],
  ['a name of every object', { messageId: '__proto__', code: CODE }],
  ['the question', { messageId: 'id2', code: 'where?' }],
  ['code that is not in the answer', { messageId: 'id1', code: 'rm -rf /' }],
  ['a part of the code', { messageId: 'id1', code: 'x = 1' }],
  ['the code and more', { messageId: 'id1', code: `${CODE}evil()\n` }],
  ['prose of the answer', { messageId: 'id1', code: 'Here [1]:' }],
  ['the whole answer', { messageId: 'id1', code: markdown }],
  ['code without fences', { messageId: 'id1', code: 'y = 2\u200b\n' }],
  ['the code with what does not show', { messageId: 'id1', code: 'x = 1\u200b\n' }],
])('attack: %s is not inserted and not copied', async (_, message) => {
  session.receive({ type: 'insert', ...message });
  session.receive({ type: 'copy', ...message });
  await settled();
  expect([inserted, copied, approvals, used]).toEqual([[], [], [], []]);
  expect(refusals).toBe(2);
});

it.each([
  ['an object for an id', { type: 'insert', messageId: { id: 1 }, code: CODE }],
  ['a long id', { type: 'insert', messageId: 'a'.repeat(101), code: CODE }],
  ['no code', { type: 'insert', messageId: 'id1' }],
  ['empty code', { type: 'insert', messageId: 'id1', code: '' }],
  ['code as a list', { type: 'insert', messageId: 'id1', code: [CODE] }],
  ['megabytes of code', { type: 'insert', messageId: 'id1', code: 'x'.repeat(5e6) }],
  ['the contract of before', { type: 'insert', messageId: 'id1', text: CODE }],
  ['a negative length', { type: 'copied', messageId: 'id1', part: 'block', length: -1 }],
  ['an endless length', { type: 'copied', messageId: 'id1', part: 'block', length: Infinity }],
  ['another part', { type: 'copied', messageId: 'id1', part: '__proto__', length: 1 }],
  ['the citation 0', { type: 'openCitation', messageId: 'id1', number: 0 }],
  ['a fraction of a citation', { type: 'openCitation', messageId: 'id1', number: 1.5 }],
  ['a path for a citation', { type: 'openCitation', messageId: 'id1', number: '../../x' }],
  ['a long question', { type: 'ask', question: 'a'.repeat(8_001) }],
  ['a question of blanks', { type: 'ask', question: ' \n\t ' }],
  ['a type of every object', { type: 'constructor' }],
  ['no type', { messageId: 'id1', code: CODE }],
  ['a list', [{ type: 'stop' }]],
  ['null', null],
  ['a number', 7],
  ['a question of five million blanks', { type: 'ask', question: ' '.repeat(5e6) }],
  ['a question nested 100,000 deep', { type: 'ask', question: nested(100_000) }],
  ['a question with a method that makes text of it', { type: 'ask', question: { toString: 'x', trim: 'y' } }],
  [
    'its parts below __proto__',
    JSON.parse('{"__proto__":{"type":"insert","messageId":"id1","code":"x = 1\\n"}}'),
  ],
  ['a list of types', { type: ['insert'], messageId: 'id1', code: CODE }],
  [
    '100,000 keys and no type',
    Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, at])),
  ],
  ['bytes', new Uint8Array(1_000)],
  ['a map', new Map([['type', 'stop']])],
  ['a message of the host', { type: 'events', sequence: 1, events: [] }],
])('attack: a message with %s does nothing', async (_, message) => {
  sent = [];
  session.receive(message);
  await settled();
  expect([inserted, copied, opened, sent, used]).toEqual([[], [], [], [], []]);
  expect(logged).toEqual(['warn: Dropped an invalid message from the chat view']);
});

it('attack: what was good before the conversation was cleared is good for nothing then', async () => {
  session.receive({ type: 'clear' });
  for (const type of ['insert', 'copy']) session.receive({ type, messageId: 'id1', code: CODE });
  session.receive({ type: 'openCitation', messageId: 'id1', number: 1 });
  session.receive({ type: 'copied', messageId: 'id1', part: 'block', length: 6 });
  await settled();
  expect([inserted, copied, opened, used]).toEqual([[], [], [], []]);
});

it('attack: what a message has beside its parts is not looked at', async () => {
  const more = JSON.parse(
    '{"__proto__":{"a":1},"constructor":{"prototype":{"polluted":1}},"code2":"x"}',
  ) as object;
  session.receive({ ...more, type: 'insert', messageId: 'id1', code: CODE });
  await settled();
  expect(inserted).toEqual([CODE]);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

it('attack: a flood of messages is dropped, said once, and over when it ends', async () => {
  for (let times = 0; times < 5_000; times++)
    session.receive({ type: 'openCitation', messageId: 'id1', number: 1 });
  for (let times = 0; times < 5_000; times++) session.receive({ no: 'message' });
  // The view has said before that it is ready.
  expect(opened).toHaveLength(99);
  expect(logged).toEqual(['warn: The chat view sends too many messages: some are dropped']);
  clock.advance(1_000);
  session.receive({ type: 'insert', messageId: 'id1', code: CODE });
  await settled();
  expect(inserted).toEqual([CODE]);
});

it('attack: only one dialog is open, however many are asked for', async () => {
  let answerDialog: (text: string) => void = () => undefined;
  approve = () => new Promise((resolve) => (answerDialog = resolve));
  for (let times = 0; times < 50; times++) session.receive({ type: 'insert', messageId: 'id1', code: CODE });
  await settled();
  expect(approvals).toHaveLength(1);
  answerDialog(CODE);
  await settled();
  expect(inserted).toEqual([CODE]);
});

it('is noted with its id and source: opened, copied, inserted', async () => {
  session.receive({ type: 'openCitation', messageId: 'id1', number: 1 });
  session.receive({ type: 'copied', messageId: 'id1', part: 'block', length: 12 });
  session.receive({ type: 'insert', messageId: 'id1', code: CODE });
  await settled();
  session.receive({ type: 'copy', messageId: 'id1', code: CODE });
  await settled();
  session.receive({ type: 'copy', messageId: 'id1' });
  await settled();
  expect([inserted, copied, approvals]).toEqual([[CODE], [CODE, markdown], ['insert', 'copy', 'copy']]);
  expect(used).toEqual([
    { id: 'id1', source: 'extractive', action: 'citation-opened' },
    { id: 'id1', source: 'extractive', action: 'copied', part: 'block', length: 12 },
    { id: 'id1', source: 'extractive', action: 'inserted', length: 6 },
    { id: 'id1', source: 'extractive', action: 'copied', part: 'block', length: 6 },
    { id: 'id1', source: 'extractive', action: 'copied', part: 'answer', length: markdown.length },
  ]);
});

it('inserts what was approved, and nothing when nothing was', async () => {
  approve = () => Promise.resolve('y\n');
  session.receive({ type: 'insert', messageId: 'id1', code: CODE });
  await settled();
  approve = () => Promise.resolve(undefined);
  session.receive({ type: 'insert', messageId: 'id1', code: CODE });
  await settled();
  expect([inserted, used.length]).toEqual([['y\n'], 1]);
});

it('is not noted when it is no answer, when no editor took the code, or when that failed', async () => {
  session.receive({ type: 'copied', messageId: 'id2', part: 'answer', length: 12 });
  session.receive({ type: 'openCitation', messageId: 'id1', number: 2 });
  session.receive({ type: 'insert', messageId: 'id1', code: 'refused\n' });
  await settled();
  isFileGone = true;
  session.receive({ type: 'insert', messageId: 'id1', code: CODE });
  await settled();
  expect(inserted).toEqual(['refused\n', CODE]);
  expect(used).toEqual([]);
  expect(logged).toEqual(['error: Could not insert code of an answer']);
});
