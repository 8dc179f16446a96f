import { describe, expect, test } from 'vitest';
import { ModelAuthError, ModelCutOffError } from '../../../src/core/errors/modelErrors.ts';
import type { ModelPart } from '../../../src/core/ports/models.ts';
import { messageText } from '../../support/messageText.ts';
import { WORKSPACE } from './answerFixture.ts';
import { askTurn, counted, done, hang, ScriptedModel, usage, type Script } from './modelFixture.ts';

const QUESTION = 'How long does computeBackoff wait?';

/** The last message of the request. */
const shownTo = (model: ScriptedModel) => messageText(model.requests[0]?.messages.at(-1));

/** The number under which a prompt shows a file. */
function numberOf(model: ScriptedModel, path: string): number {
  return Number(new RegExp(`\\[(\\d+)\\] ${path.replaceAll('.', '\\.')}:`).exec(shownTo(model))?.[1]);
}

describe('without a model', () => {
  test('the built-in answer is given, and no model is mentioned', async () => {
    const { answer, parts } = await askTurn(QUESTION);
    expect(answer).toMatchObject({ source: 'extractive' });
    expect(answer.model).toBeUndefined();
    expect(parts.join('')).toBe(answer.text);
  });
});

describe('a model that answers', () => {
  test('is shown numbered blocks and its citations lead to them', async () => {
    const model = new ScriptedModel(['It doubles', ' [2]', ' from 200 ms [1', '].', counted, done]);
    const { answer, parts, logged } = await askTurn(QUESTION, { model: model.chosen });
    expect(answer.text).toBe('It doubles [1] from 200 ms [2].');
    expect(parts.join('')).toBe(answer.text);
    expect(answer).toMatchObject({
      source: 'model',
      grounding: { checked: 2, supported: 2 },
      model: { id: 'openai:test-model', usage },
    });
    expect(answer.model?.problem).toBeUndefined();
    expect(answer.citations.map(({ number }) => number)).toEqual([1, 2]);
    for (const [at, { path, startLine, endLine }] of answer.citations.entries()) {
      expect(numberOf(model, path)).toBe(2 - at);
      expect(shownTo(model)).toContain(`${path}:${startLine}-${endLine}\n`);
    }
    expect(logged).toEqual([]);
  });

  test('tells what happens in order: each source before the text that cites it, and what was counted', async () => {
    const script: Script = [{ type: 'reasoning', text: 'Hm.' }, ' \n', 'It [2] does', ' [1].', counted, done];
    const { events, answer } = await askTurn(QUESTION, { model: new ScriptedModel(script).chosen });
    const told = events.map((event) => (event.type === 'progress' ? event.stage : event.type));
    expect(told).toEqual([
      'searching',
      'reading',
      'asking',
      'reasoning',
      'citation',
      'text',
      'citation',
      'text',
      'usage',
    ]);
    const cited = events.flatMap((event) => (event.type === 'citation' ? [event.citation] : []));
    expect(cited).toEqual(answer.citations);
    expect(answer.text).toBe(' \nIt [1] does [2].');
  });

  test('reads unsaved edits', async () => {
    const model = new ScriptedModel(['Yes [1].', done]);
    const edited = WORKSPACE['src/http/retry.ts']?.replace('BASE_MS = 200', 'BASE_MS = 31_415') ?? '';
    await askTurn(QUESTION, { model: model.chosen, live: { ...WORKSPACE, 'src/http/retry.ts': edited } });
    expect(shownTo(model)).toContain('31_415');
  });

  test('cannot cite what it was not shown', async () => {
    const model = new ScriptedModel(['Here [1], there [77].', done]);
    const { answer } = await askTurn(QUESTION, { model: model.chosen });
    expect(answer.text).toBe('Here [1], there.');
    expect(answer.citations).toHaveLength(1);
    expect(answer.grounding).toEqual({ checked: 1, supported: 1, invented: 1 });
  });

  test('is not backed by lines that changed while it wrote', async () => {
    const live: Record<string, string> = { ...WORKSPACE };
    const model = new ScriptedModel(['It doubles [1].', done]);
    const { answer } = await askTurn(QUESTION, {
      model: model.chosen,
      live,
      onPart: () => {
        for (const path of Object.keys(live)) live[path] = 'gone\n';
      },
    });
    expect(answer.grounding).toEqual({ checked: 1, supported: 0 });
  });

  test('is told what was said before, and a short question is searched with the one before', async () => {
    const model = new ScriptedModel(['HttpClient [1].', done]);
    const history = [{ question: 'What does format_report do?', answer: 'Formats.' }];
    const { searched } = await askTurn('Who uses it?', { model: model.chosen, history });
    expect(searched).toEqual(['Who uses it?\nWhat does format_report do?']);
    expect(model.requests[0]?.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
    ]);
  });

  test.each([
    ['length', 'The answer reached the limit of 500 tokens. Ask for the rest, or for less.'],
    ['filter', 'The provider stopped the answer. Ask in another way, or choose another model.'],
    ['tool', 'The model stopped before the end of its answer. Ask again.'],
    ['other', 'The model stopped before the end of its answer. Ask again.'],
  ] as const)('and stops early says so: %s', async (stopReason, problem) => {
    const model = new ScriptedModel(['Half', { type: 'done', stopReason }]);
    const { answer } = await askTurn(QUESTION, { model: model.chosen });
    expect(answer).toMatchObject({ text: 'Half', source: 'model', model: { problem } });
  });
});

describe('a model that does not find what is asked for', () => {
  test.each([
    ['The blocks do not say. [9]', true],
    ['It doubles [2].', false],
  ])('cites nothing, which the answer says apart from its words: %s', async (text, isAbstention) => {
    const { answer } = await askTurn(QUESTION, { model: new ScriptedModel([text, done]).chosen });
    expect(answer.isAbstention ?? false).toBe(isAbstention);
  });
});

describe('a model that fails', () => {
  test.each([
    ['at once', [new ModelAuthError('models.example', 'refused')], 'models.example refused the API key'],
    [
      'after thinking',
      [{ type: 'reasoning', text: '' } as const, new ModelCutOffError('models.example', 0)],
      'broke off',
    ],
    ['without a word', [' ', '\n', done], 'models.example sent an empty answer'],
    ['in a way nobody foresaw', [new TypeError('oops')], 'oops'],
  ])('%s is replaced by the built-in answer, with the reason', async (_, script, reason) => {
    const model = new ScriptedModel(script).chosen;
    const { answer, parts, events, logged } = await askTurn(QUESTION, { model });
    const builtIn = await askTurn(QUESTION);
    expect(answer).toMatchObject({
      text: builtIn.answer.text,
      source: 'extractive',
      model: { id: 'openai:test-model' },
    });
    expect(answer.model?.problem).toContain(reason);
    expect(parts.join('')).toBe(answer.text);
    expect(events.find(({ type }) => type === 'notice')).toMatchObject({ kind: 'model-failed' });
    expect(logged).toEqual(['openai:test-model did not answer, so the built-in answer is shown']);
  });

  test('to be loaded is replaced, too', async () => {
    const model = { id: 'openai:x', load: () => Promise.reject(new Error('no such file')) };
    const { answer } = await askTurn(QUESTION, { model });
    expect(answer).toMatchObject({
      source: 'extractive',
      model: { id: 'openai:x', problem: 'no such file' },
    });
  });

  test('in the middle keeps what arrived and says why it ends', async () => {
    const model = new ScriptedModel(['It doubles [1', '], from', new ModelCutOffError('models.example', 20)]);
    const { answer, parts } = await askTurn(QUESTION, { model: model.chosen });
    expect(answer).toMatchObject({
      text: 'It doubles [1], from',
      source: 'model',
      grounding: { checked: 1, supported: 1 },
      model: { problem: 'The answer of models.example broke off in the middle. Ask again to get the rest.' },
    });
    expect(parts.join('')).toBe(answer.text);
  });

  test('by just ending is noticed', async () => {
    const { answer } = await askTurn(QUESTION, { model: new ScriptedModel(['Half']).chosen });
    expect(answer.model?.problem).toContain('broke off');
  });
});

describe('stopping', () => {
  test.each([
    ['before the first word', [hang] as Script],
    ['in the middle', ['It doubles', hang] as Script],
  ])('%s ends everything at once', async (_, script) => {
    const abort = new AbortController();
    const model = new ScriptedModel(script);
    const parts: string[] = [];
    const asked = askTurn(QUESTION, {
      model: model.chosen,
      signal: abort.signal,
      onPart: (part) => parts.push(part),
    });
    await expect.poll(() => model.requests.length).toBe(1);
    abort.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(model.isClosed).toBe(true);
    expect(parts.join('')).toBe(script.length === 1 ? '' : 'It doubles');
  });
});

describe('a model that does not stop', () => {
  const endless = (part: ModelPart): Script => Array.from({ length: 1_000 }, () => part);

  test('attack: is cut off, and the answer says so', async () => {
    const model = new ScriptedModel(endless({ type: 'text', text: 'word '.repeat(200) }));
    const { answer } = await askTurn(QUESTION, { model: model.chosen });
    expect(answer.text.length).toBe(200_000);
    expect(answer.model?.problem).toContain('far more than any answer needs');
    expect(model.isClosed).toBe(true);
  });

  test('attack: in one part of 5 MB is cut off, not within a character', async () => {
    const model = new ScriptedModel([`a${'😀'.repeat(2_500_000)}`]);
    const { answer } = await askTurn(QUESTION, { model: model.chosen });
    expect(answer.text.length).toBe(199_999);
    expect(answer.text.isWellFormed()).toBe(true);
  });

  test('attack: in its reasoning is cut off, and the built-in answer follows', async () => {
    const model = new ScriptedModel(endless({ type: 'reasoning', text: 'hm '.repeat(1_000) }));
    const { answer } = await askTurn(QUESTION, { model: model.chosen });
    expect(answer.source).toBe('extractive');
    expect(model.isClosed).toBe(true);
  });

  test('attack: in blanks has written nothing', async () => {
    const model = new ScriptedModel(endless({ type: 'text', text: ' \n'.repeat(1_000) }));
    const { answer } = await askTurn(QUESTION, { model: model.chosen });
    expect(answer.source).toBe('extractive');
  });
});
