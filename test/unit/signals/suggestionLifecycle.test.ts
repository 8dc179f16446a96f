import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OfferedSignal, OutcomeSignal, SignalRecord } from '../../../src/core/ports/signalRecord.ts';
import type {
  CursorMover,
  InsertedText,
  LifecycleEvent,
  SuggestionOffer,
} from '../../../src/core/signals/openSuggestion.ts';
import {
  advanceLifecycle,
  initialLifecycle,
  nextDeadline,
  type LifecycleState,
} from '../../../src/core/signals/suggestionLifecycle.ts';
import { baseOffer, offeredEdit } from '../../support/offeredEdit.ts';
import { SETTLE_MS } from '../../../src/core/signals/settle.ts';
import { madeBy } from '../../support/madeBy.ts';
import { focusedMs } from './focusedMs.ts';

function run(events: readonly LifecycleEvent[], from: LifecycleState = initialLifecycle) {
  let state = from;
  const records: SignalRecord[] = [];
  const inserted: InsertedText[] = [];
  for (const event of events) {
    const step = advanceLifecycle(state, event);
    state = step.state;
    records.push(...step.records);
    inserted.push(...step.inserted);
  }
  return { state, records, inserted };
}

const isOffered = (record: SignalRecord): record is OfferedSignal => record.kind === 'offered';
const isOutcome = (record: SignalRecord): record is OutcomeSignal => record.kind === 'outcome';

describe('what is recorded of an offer', () => {
  test('its measures, never its text', () => {
    const offer = { ...baseOffer, ...offeredEdit('secret {\n  value\n}') };
    const { records } = run([{ kind: 'offered', at: 5, id: 'x', offer }]);
    expect(records).toEqual([
      {
        kind: 'offered',
        id: 'x',
        at: 5,
        workspace: '0123456789abcdef',
        language: 'typescript',
        length: 18,
        lines: 3,
        confidence: 0.7,
        position: 'blank-line',
        trigger: 'automatic',
        provenance: madeBy('workspace-model'),
      },
    ]);
    expect(JSON.stringify(records)).not.toContain('secret');
  });

  test('a clock set back never gives a negative duration', () => {
    const { records } = run([
      { kind: 'offered', at: 1000, id: 'x', offer: baseOffer },
      { kind: 'accepted', at: 400, id: 'x' },
    ]);
    expect(records.filter(isOutcome)).toMatchObject([{ outcome: 'accepted', at: 400, afterMs: 0 }]);
  });

  test('the same text at another place is another suggestion', () => {
    const { records } = run([
      { kind: 'offered', at: 0, id: 'x', offer: baseOffer },
      {
        kind: 'offered',
        at: 10,
        id: 'y',
        offer: { ...baseOffer, ...offeredEdit('alpha', { lineStart: 90 }) },
      },
      { kind: 'offered', at: 20, id: 'z', offer: { ...baseOffer, document: 'b.ts' } },
      { kind: 'closed', at: 30 },
    ]);
    expect(records.filter(isOffered).map(({ id }) => id)).toEqual(['x', 'y', 'z']);
    expect(records.filter(isOutcome).map(({ id, reason }) => [id, reason])).toEqual([
      ['x', 'superseded'],
      ['y', 'superseded'],
      ['z', 'closed'],
    ]);
  });
});

// Few values for everything, so that random events often meet.
const word = fc.constantFrom('', 'f', 'fo', 'foo', 'foo()', '()', ')', 'x', 'a\nb', '\r\n', ' ');
const documentName = fc.constantFrom('a.ts', 'b.ts');
const offset = fc.nat({ max: 12 });
const anyOffer = fc
  .record({ lineStart: offset, before: word, left: word, right: word, text: word, document: documentName })
  .map(({ lineStart, before, left, right, text, document }) => ({
    ...baseOffer,
    document,
    ...offeredEdit(text, { lineStart, before, left, right }),
  }));
const anyEdit = fc
  .record({ startOffset: offset, length: fc.nat({ max: 4 }), text: word })
  .map(({ startOffset, length, text }) => ({ startOffset, endOffset: startOffset + length, text }));

type Untimed = LifecycleEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, 'at'>
    : never
  : never;

const mover = fc.constantFrom<CursorMover | undefined>('keyboard', 'mouse', 'command', undefined);

const anyEvent: fc.Arbitrary<Untimed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('offered'), id: fc.constant(''), offer: anyOffer }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('changed'),
      document: documentName,
      edits: fc.array(anyEdit, { maxLength: 3 }),
      isUndo: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('cursorMoved'), document: documentName, offset, by: mover }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('accepted'), id: fc.nat({ max: 30 }).map(String) }) },
  fc.record({ kind: fc.constant('editorChanged'), document: fc.option(documentName, { nil: undefined }) }),
  fc.record({ kind: fc.constant('documentLost'), document: documentName }),
  fc.record({ kind: fc.constant('windowFocus'), isFocused: fc.boolean() }),
  fc.record({ kind: fc.constant('tick') }),
);

/** Random events in time order; the n-th event is an offer with id n if it is one. */
const history = fc
  .array(fc.tuple(anyEvent, fc.constantFrom(0, 1, 40, 700, 20_000, 400_000)), { maxLength: 60 })
  .map((pairs) => {
    let at = 0;
    return pairs.map(([event, pause], index): LifecycleEvent => {
      at += pause;
      return event.kind === 'offered' ? { ...event, id: String(index), at } : { ...event, at };
    });
  });

describe('laws for any sequence of events', () => {
  test('an offer is recorded once and first; pieces may follow, then how long it was shown and at most one outcome, which may be undone', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { records } = run([...events, { kind: 'closed', at: 1e9 }]);
        const grammar = /^offered (partial )*shown (undone |accepted (undone )?|typed-through |ignored )?$/;
        for (const [, own] of Map.groupBy(records, ({ id }) => id)) {
          const story = own.map((record) => (isOutcome(record) ? record.outcome : record.kind));
          expect(story.map((word) => `${word} `).join('')).toMatch(grammar);
          if (story.includes('partial')) expect(story).not.toContain('ignored');
        }
        for (const record of records.filter(isOutcome)) {
          expect(record.reason === undefined).toBe(record.outcome !== 'ignored');
          expect(record.length === undefined).toBe(record.outcome !== 'typed-through');
          expect(record.afterMs).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('the state stays bounded, time alone empties it, and a closed lifecycle holds nothing', () => {
    fc.assert(
      fc.property(history, (events) => {
        let { state } = run(events);
        expect(state.ended.length).toBeLessThanOrEqual(16);
        const closed = run([{ kind: 'closed', at: 0 }], state).state;
        const { isFocused } = state;
        expect(closed).toEqual({ ...initialLifecycle, isFocused });
        let ticks = 0;
        for (let at = nextDeadline(state); at !== undefined; at = nextDeadline(state)) {
          ({ state } = advanceLifecycle(state, { kind: 'tick', at }));
          expect(++ticks).toBeLessThanOrEqual(18);
        }
        expect(state).toEqual({ ...initialLifecycle, isFocused });
      }),
      { numRuns: 1000 },
    );
  });

  test('what is shown is on screen from its offer to its end, less what the window was without the focus', () => {
    fc.assert(
      fc.property(history, (events) => {
        const all: readonly LifecycleEvent[] = [...events, { kind: 'closed', at: 1e9 }];
        const { records } = run(all);
        const offeredAt = new Map(records.filter(isOffered).map(({ id, at }) => [id, at]));
        for (const record of records) {
          if (record.kind !== 'shown') continue;
          const from = offeredAt.get(record.id) ?? NaN;
          expect(record.visibleMs).toBe(focusedMs(all, from, record.at));
          expect(record.afterMs).toBeLessThanOrEqual(record.at - from);
        }
      }),
    );
  });

  test('an open suggestion is among the recorded offers', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { state, records } = run(events);
        const offered = new Set(records.filter(isOffered).map(({ id }) => id));
        for (const { id } of [...state.ended, ...(state.open ? [state.open] : [])]) {
          expect(offered.has(id)).toBe(true);
        }
      }),
    );
  });
});

const suggestionText = fc
  .array(fc.constantFrom('foo', 'bar', '(', ')', ' ', '\n', '  ', ';', 'a', 'é', '{', '}'), {
    minLength: 2,
    maxLength: 8,
  })
  .map((parts) => parts.join(''))
  .filter((text) => text.trim().length > 1);

/** A session in one line: the suggestion `text` after `before`, of which `typed` characters are typed one by one. */
const session = fc
  .record({
    before: fc.constantFrom('', '  ', 'x = '),
    text: suggestionText,
    style: fc.infiniteStream(fc.boolean()),
  })
  .chain(({ before, text, style }) =>
    fc.record({
      before: fc.constant(before),
      text: fc.constant(text),
      typed: fc.nat({ max: text.length - 2 }),
      style: fc.constant(style),
    }),
  );

/** The remainder of `before + text` once its first `held` characters are in the document, offered in either style. */
function remainder(before: string, text: string, held: number, asReplacement: boolean): SuggestionOffer {
  const present = (before + text).slice(0, held);
  const lineStart = present.lastIndexOf('\n') + 1;
  const lineText = present.slice(lineStart);
  const insertAt = asReplacement
    ? Math.min(lineText.length, Math.max(0, before.length - lineStart))
    : lineText.length;
  const rest = (before + text).slice(lineStart + insertAt);
  const [kept, left] = [lineText.slice(0, insertAt), lineText.slice(insertAt)];
  return { ...baseOffer, ...offeredEdit(rest, { lineStart, before: kept, left }) };
}

function typeAlong({ before, text, typed, style }: typeof session extends fc.Arbitrary<infer S> ? S : never) {
  const nextStyle = () => style.next().value === true;
  const events: LifecycleEvent[] = [
    { kind: 'offered', at: 0, id: 'first', offer: remainder(before, text, before.length, nextStyle()) },
  ];
  for (let count = 0; count < typed; count++) {
    const at = count * 100 + 50;
    const start = before.length + count;
    const edits = [{ startOffset: start, endOffset: start, text: text.charAt(count) }];
    events.push({ kind: 'changed', at, document: 'a.ts', edits });
    events.push({ kind: 'cursorMoved', at, document: 'a.ts', offset: start + 1, by: 'keyboard' });
    if (nextStyle()) {
      const offer = remainder(before, text, start + 1, nextStyle());
      events.push({ kind: 'offered', at, id: `again${String(count)}`, offer });
    }
  }
  return { events, at: typed * 100 + 50, held: before.length + typed };
}

describe('laws for a developer who types along', () => {
  test('re-offers of the remainder, in any style, are the same suggestion', () => {
    fc.assert(
      fc.property(session, (plan) => {
        const { records, state } = run(typeAlong(plan).events);
        expect(records.map(({ id, kind }) => [id, kind])).toEqual([['first', 'offered']]);
        expect(state.open?.id).toBe('first');
      }),
      { numRuns: 1000 },
    );
  });

  test('an acceptance is recorded as one, whatever the editor reports before the command', () => {
    const noise = fc.array(
      anyEvent.filter(({ kind }) => kind !== 'accepted'),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(session, noise, fc.boolean(), (plan, between, replacesAll) => {
        const { events, at, held } = typeAlong(plan);
        const start = replacesAll ? plan.before.length : held;
        const text = plan.text.slice(start - plan.before.length);
        events.push({
          kind: 'changed',
          at,
          document: 'a.ts',
          edits: [{ startOffset: start, endOffset: held, text }],
        });
        for (const [index, event] of between.entries()) {
          const timed = { ...event, at: at + 1 + index } as LifecycleEvent;
          events.push(timed.kind === 'offered' ? { ...timed, id: `noise${String(index)}` } : timed);
        }
        events.push(
          { kind: 'accepted', at: at + SETTLE_MS - 1, id: 'first' },
          { kind: 'closed', at: at + 5000 },
        );
        const outcomes = run(events).records.filter((record) => isOutcome(record) && record.id === 'first');
        expect(outcomes).toMatchObject([{ outcome: 'accepted' }]);
      }),
      { numRuns: 1000 },
    );
  });

  test('text that came in whole, or in part at once, is never recorded as ignored', () => {
    fc.assert(
      fc.property(session, fc.boolean(), (plan, whole) => {
        const { events, at, held } = typeAlong(plan);
        const rest = plan.text.slice(plan.typed);
        const text = whole ? rest : rest.slice(0, -1);
        fc.pre(whole || text.trim().length > 1);
        events.push({
          kind: 'changed',
          at,
          document: 'a.ts',
          edits: [{ startOffset: held, endOffset: held, text }],
        });
        events.push({ kind: 'cursorMoved', at, document: 'a.ts', offset: 0 });
        events.push({ kind: 'closed', at: at + 60_000 });
        expect(run(events).records.filter(isOutcome)).toEqual([]);
      }),
    );
  });

  test('what is typed differently is ignored as diverged, unless a word of it was typed; once', () => {
    fc.assert(
      fc.property(session, (plan) => {
        const { events, at, held } = typeAlong(plan);
        events.push(
          {
            kind: 'changed',
            at,
            document: 'a.ts',
            edits: [{ startOffset: held, endOffset: held, text: '#' }],
          },
          { kind: 'tick', at: at + SETTLE_MS },
        );
        const { records, state } = run(events);
        const firstWord = /[\p{L}\p{N}_]+/u.exec(plan.text);
        const isWordTyped = firstWord !== null && firstWord.index + firstWord[0].length <= plan.typed;
        expect(records.filter(isOutcome)).toMatchObject([
          isWordTyped
            ? { outcome: 'typed-through', length: plan.typed, at }
            : { outcome: 'ignored', reason: 'diverged', at },
        ]);
        expect(state).toEqual(initialLifecycle);
      }),
    );
  });

  test('what is typed to the end is typed through, whole', () => {
    fc.assert(
      fc.property(session, (plan) => {
        const { events, at, held } = typeAlong(plan);
        for (let offset = held; offset < plan.before.length + plan.text.length; offset++) {
          const text = plan.text.charAt(offset - plan.before.length);
          const edits = [{ startOffset: offset, endOffset: offset, text }];
          events.push({ kind: 'changed', at, document: 'a.ts', edits });
          events.push({ kind: 'cursorMoved', at, document: 'a.ts', offset: offset + 1, by: 'keyboard' });
        }
        const { records, inserted } = run([...events, { kind: 'closed', at: at + 1 }]);
        expect(records.filter(isOutcome)).toMatchObject([
          { outcome: 'typed-through', length: plan.text.length },
        ]);
        expect(inserted).toMatchObject(
          plan.text.trim() === '' ? [] : [{ start: plan.before.length, text: plan.text }],
        );
      }),
    );
  });

  test('every piece accepted is recorded with what stands by then, and no outcome follows', () => {
    const cuts = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(suggestionText, cuts, (text, lengths) => {
        const events: LifecycleEvent[] = [
          { kind: 'offered', at: 0, id: 'first', offer: remainder('', text, 0, false) },
        ];
        let end = 0;
        const expected: number[] = [];
        for (const length of lengths) {
          const piece = text.slice(0, -1).slice(end, end + length);
          if (piece === '') continue;
          events.push(
            {
              kind: 'changed',
              at: 1,
              document: 'a.ts',
              edits: [{ startOffset: end, endOffset: end, text: piece }],
            },
            { kind: 'cursorMoved', at: 1, document: 'a.ts', offset: end + piece.length },
          );
          end += piece.length;
          if (piece.trim() !== '') expected.push(end);
        }
        fc.pre(expected.length > 0);
        const { records } = run([...events, { kind: 'closed', at: 5 }]);
        expect(records.map((record) => (record.kind === 'partial' ? record.length : record.kind))).toEqual([
          'offered',
          ...expected,
          'shown',
        ]);
      }),
    );
  });
});
