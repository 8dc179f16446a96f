import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  AnsweredSignal,
  ChatSignal,
  OfferedSignal,
  OutcomeSignal,
  SignalRecord,
  SurvivalSignal,
} from '../../../src/core/ports/signalRecord.ts';
import { summarize } from '../../../src/core/signals/summarize.ts';

const DAY_MS = 86_400_000;
const utcDay = (at: number) => new Date(at).toISOString().slice(0, 10);
const summary = (records: readonly SignalRecord[]) => summarize(records, utcDay);

function offered(id: string, at: number, more: Partial<OfferedSignal> = {}): OfferedSignal {
  const fixed = { workspace: 'w', language: 'go', lines: 1, confidence: 0.5 };
  const provenance = { source: 'workspace-model' };
  return { kind: 'offered', id, at, length: 10, ...fixed, provenance, ...more };
}

function outcome(id: string, how: OutcomeSignal['outcome'], at = 0): OutcomeSignal {
  return { kind: 'outcome', id, at, workspace: 'w', outcome: how, afterMs: 1 };
}

const partial = (id: string): SignalRecord => ({
  kind: 'partial',
  id,
  at: 0,
  workspace: 'w',
  length: 3,
  afterMs: 1,
});
const undone = (id: string): SignalRecord => ({ kind: 'undone', id, at: 0, workspace: 'w', afterMs: 1 });

function survival(id: string, more: Partial<SurvivalSignal>): SurvivalSignal {
  const fixed = { workspace: 'w', at: 0, afterMs: 30_000, length: 10 };
  return { kind: 'survival', id, dueMs: 30_000, state: 'kept', ...fixed, ...more };
}

const unknown = { count: 0, of: 0, low: 0, high: 1 };
const none = { offered: 0, accepted: 0, partial: 0, typedThrough: 0, undone: 0, ignored: 0 };

describe('summarize', () => {
  test('nothing recorded', () => {
    expect(summary([])).toEqual({
      total: { ...none, acceptance: unknown, acceptanceOfSeen: unknown },
      byLanguage: {},
      bySource: {},
      byVariant: {},
      days: [],
      survival: [],
      chat: {
        ...{ copied: 0, inserted: 0, citationsOpened: 0 },
        answers: { done: 0, stopped: 0, failed: 0, used: unknown },
        bySource: {},
        byVariant: {},
      },
      recent: [],
    });
  });

  test('counts by language and source; the newest come first', () => {
    const { total, byLanguage, bySource, recent } = summary([
      offered('a', 1),
      offered('b', 3, { language: 'rust', length: 7 }),
      outcome('a', 'accepted'),
      offered('c', 2, { provenance: { source: 'model' } }),
      outcome('c', 'ignored'),
    ]);
    expect(total).toMatchObject({ ...none, offered: 3, accepted: 1, ignored: 1 });
    expect(byLanguage).toMatchObject({
      go: { ...none, offered: 2, accepted: 1, ignored: 1 },
      rust: { ...none, offered: 1 },
    });
    expect(bySource).toMatchObject({
      'workspace-model': { ...none, offered: 2, accepted: 1 },
      model: { ...none, offered: 1, ignored: 1 },
    });
    expect(recent).toEqual([
      { at: 3, language: 'rust', source: 'workspace-model', length: 7, outcome: 'pending' },
      { at: 2, language: 'go', source: 'model', length: 10, outcome: 'ignored' },
      { at: 1, language: 'go', source: 'workspace-model', length: 10, outcome: 'accepted' },
    ]);
  });

  test('a suggestion has one outcome: undone before accepted before partial before typed before ignored', () => {
    const stories = [
      [outcome('s', 'accepted'), undone('s')],
      [partial('s'), outcome('s', 'accepted')],
      [partial('s'), outcome('s', 'typed-through')],
      [outcome('s', 'typed-through')],
      [outcome('s', 'ignored')],
      [],
    ];
    const outcomes = stories.map((story) => summary([offered('s', 0), ...story]).recent[0]?.outcome);
    expect(outcomes).toEqual(['undone', 'accepted', 'partial', 'typed-through', 'ignored', 'pending']);
  });

  test('acceptance is of all whose outcome is known, and counts pieces but nothing undone', () => {
    const ends = [
      [outcome('0', 'accepted')],
      [partial('1')],
      [outcome('2', 'accepted'), undone('2')],
      [outcome('3', 'typed-through')],
      [outcome('4', 'ignored')],
      [],
    ];
    const { total } = summary(ends.flatMap((end, index) => [offered(String(index), 0), ...end]));
    expect(total.acceptance).toMatchObject({ count: 2, of: 5 });
  });

  test('days are without gaps, and the last 30', () => {
    const noon = Date.UTC(2026, 1, 27, 12);
    const { days } = summary([
      offered('old', noon - 60 * DAY_MS),
      offered('a', noon),
      outcome('a', 'accepted'),
      offered('b', noon),
      outcome('b', 'typed-through'),
      offered('c', noon + 2 * DAY_MS),
      outcome('c', 'accepted'),
      undone('c'),
      offered('d', noon + 2 * DAY_MS),
    ]);
    expect(days).toHaveLength(30);
    expect(days.slice(-3)).toEqual([
      { day: '2026-02-27', accepted: 1, typedThrough: 1, unused: 0 },
      { day: '2026-02-28', accepted: 0, typedThrough: 0, unused: 0 },
      { day: '2026-03-01', accepted: 0, typedThrough: 0, unused: 1 },
    ]);
  });

  test('survival is counted for each sample time; what was closed early is not', () => {
    const summarized = summary([
      offered('a', 0),
      survival('a', { dueMs: 120_000, state: 'edited' }),
      survival('a', { dueMs: 30_000 }),
      offered('b', 1),
      survival('b', { state: 'replaced', reason: 'closed' }),
      offered('c', 2),
      survival('c', { state: 'lost', reason: 'outside' }),
      survival('nobody', {}),
    ]);
    const zero = { kept: 0, edited: 0, replaced: 0, removed: 0, lost: 0 };
    expect(summarized.survival).toEqual([
      { ...zero, dueMs: 30_000, kept: 1, lost: 1 },
      { ...zero, dueMs: 120_000, edited: 1 },
    ]);
    expect(summarized.recent.map((recent) => recent.survival)).toEqual(['lost', 'replaced', 'edited']);
  });

  test('uses of answers are counted', () => {
    const use = (action: ChatSignal['action']): ChatSignal => ({
      kind: 'chat',
      id: 'x',
      at: 1,
      workspace: '',
      source: 'extractive',
      action,
    });
    const { chat } = summary([use('copied'), use('copied'), use('inserted'), use('citation-opened')]);
    expect(chat).toMatchObject({ copied: 2, inserted: 1, citationsOpened: 1 });
    expect(chat.answers.used).toMatchObject({ count: 0, of: 0 });
  });

  test('answers are counted once, however often they are used; those without text could not be', () => {
    const model = { source: 'model', model: 'openai:m', prompt: { id: 'chat.answer', variant: 2 } };
    const answered = (id: string, more: Partial<AnsweredSignal> = {}): AnsweredSignal => ({
      ...{ kind: 'answered', id, at: 1, workspace: '', state: 'done', turn: 0, length: 9, citations: 1 },
      provenance: { source: 'extractive' },
      ...more,
    });
    const use = (id: string): ChatSignal => ({
      ...{ kind: 'chat', id, at: 2, workspace: '', source: 'extractive', action: 'copied' },
    });
    const { chat } = summary([
      ...[answered('a'), answered('a'), use('a'), use('a'), answered('b'), use('older')],
      answered('c', { provenance: model, state: 'stopped' }),
      use('c'),
      answered('d', { state: 'failed', length: 0, provenance: { source: 'unknown' } }),
    ]);
    expect(chat.copied).toBe(4);
    expect(chat.answers).toMatchObject({ done: 2, stopped: 1, failed: 1, used: { count: 2, of: 3 } });
    expect(chat.bySource['extractive']).toMatchObject({ done: 2, used: { count: 1, of: 2 } });
    expect(chat.bySource['unknown']).toMatchObject({ failed: 1, used: { count: 0, of: 0 } });
    expect(Object.keys(chat.byVariant)).toEqual(['openai:m chat.answer@2']);
  });

  test('what nobody can have read is no denominator, unless it is not known for how long it was shown', () => {
    const shown = (id: string, visibleMs: number): SignalRecord => ({
      ...{ kind: 'shown', id, at: 1, workspace: 'w', afterMs: 0, visibleMs },
    });
    const { total, byVariant } = summary([
      ...[offered('quick', 1), shown('quick', 749), outcome('quick', 'ignored')],
      ...[offered('seen', 1), shown('seen', 750), outcome('seen', 'ignored')],
      ...[offered('at once', 1), shown('at once', 90), outcome('at once', 'accepted')],
      ...[offered('old', 1), outcome('old', 'ignored')],
    ]);
    expect(total.acceptance).toMatchObject({ count: 1, of: 4 });
    expect(total.acceptanceOfSeen).toMatchObject({ count: 1, of: 3 });
    expect(byVariant).toEqual({});
  });

  test('recent is limited to the newest 50', () => {
    const { total, recent } = summary(Array.from({ length: 60 }, (_, at) => offered(String(at), at)));
    expect(total.offered).toBe(60);
    expect(recent.map(({ at }) => at)).toEqual(Array.from({ length: 50 }, (_, index) => 59 - index));
  });

  test('an outcome without its offer is left out', () => {
    expect(summary([outcome('x', 'accepted')]).total).toMatchObject(none);
  });

  test('names from outside cannot reach into the tables', () => {
    expect(Object.keys(summary([offered('a', 1, { language: '__proto__' })]).byLanguage)).toEqual([
      '__proto__',
    ]);
  });

  test('neither order nor repetition of records matters', () => {
    const story = fc.constantFrom<readonly ((id: string) => SignalRecord)[]>(
      [],
      [(id) => outcome(id, 'accepted')],
      [(id) => outcome(id, 'accepted'), undone],
      [partial, (id) => outcome(id, 'typed-through'), (id) => survival(id, {})],
      [(id) => outcome(id, 'ignored')],
    );
    const records = fc.array(fc.tuple(fc.nat({ max: 5 }), story), { maxLength: 12 }).map((plans) =>
      plans.flatMap(([at, records], index) => {
        const id = String(index);
        return [
          offered(id, at * DAY_MS, { language: at > 2 ? 'go' : 'rust' }),
          ...records.map((of) => of(id)),
        ];
      }),
    );
    const shuffledTwice = records.chain((original) =>
      fc
        .shuffledSubarray([...original, ...original], { minLength: 2 * original.length })
        .map((shuffled) => ({ original, shuffled })),
    );
    fc.assert(
      fc.property(shuffledTwice, ({ original, shuffled }) => {
        expect(summary(shuffled)).toEqual(summary(original));
      }),
    );
  });
});
