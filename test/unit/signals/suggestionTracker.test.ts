import { expect, test } from 'vitest';
import type { SignalRecord } from '../../../src/core/ports/signalRecord.ts';
import type { SuggestionOffer } from '../../../src/core/signals/openSuggestion.ts';
import { EXPIRE_MS } from '../../../src/core/signals/suggestionLifecycle.ts';
import { SETTLE_MS } from '../../../src/core/signals/settle.ts';
import { SuggestionTracker } from '../../../src/core/signals/suggestionTracker.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { madeBy } from '../../support/madeBy.ts';
import { offeredEdit } from '../../support/offeredEdit.ts';

function setUp() {
  const clock = new FakeClock(1000);
  const emitted: SignalRecord[] = [];
  let count = 0;
  const newId = () => `id${String(++count)}`;
  const tracker = new SuggestionTracker({ clock, newId }, (records) => emitted.push(...records));
  return { clock, emitted, tracker };
}

function offerOf(text: string, lineText = ''): SuggestionOffer {
  return {
    ...offeredEdit(text, { before: lineText }),
    workspace: 'w',
    document: 'file:///a.ts',
    language: 'go',
    confidence: 1,
    position: 'line-end',
    trigger: 'automatic',
    provenance: madeBy('workspace-model'),
  };
}

const change = (startOffset: number, endOffset: number, text: string) => ({
  edits: [{ startOffset, endOffset, text }],
  lengthAfter: 10_000,
  isUndo: false,
});
const insert = (at: number, text: string) => change(at, at, text);

test('the id of a continued suggestion stays what it was', () => {
  const { tracker, emitted } = setUp();
  const id = tracker.offered(offerOf('foo()'));
  tracker.changed('file:///a.ts', insert(0, 'f'));
  tracker.cursorMoved('file:///a.ts', 1, 'keyboard');
  expect(tracker.offered(offerOf('oo()', 'f'))).toBe(id);
  expect(tracker.offered(offerOf('unc()', 'f'))).not.toBe(id);
  expect(emitted.map(({ kind }) => kind)).toEqual(['offered', 'shown', 'offered']);
});

test('an ignored suggestion is reported when its settling time is over, dated when it ended', () => {
  const { tracker, emitted, clock } = setUp();
  const id = tracker.offered(offerOf('foo()'));
  clock.advance(300);
  tracker.changed('file:///a.ts', insert(0, 'x'));
  clock.advance(SETTLE_MS - 1);
  expect(emitted).toHaveLength(2);
  expect(emitted[1]).toEqual({ kind: 'shown', id, at: 1300, workspace: 'w', afterMs: 0, visibleMs: 300 });
  clock.advance(1);
  expect(emitted[2]).toEqual({
    kind: 'outcome',
    id,
    at: 1300,
    workspace: 'w',
    outcome: 'ignored',
    reason: 'diverged',
    afterMs: 300,
  });
  expect(clock.pending).toBe(0);
});

test('an untouched suggestion expires', () => {
  const { tracker, emitted, clock } = setUp();
  tracker.offered(offerOf('foo()'));
  clock.advance(EXPIRE_MS + SETTLE_MS);
  expect(emitted).toMatchObject([
    { kind: 'offered' },
    { kind: 'shown', visibleMs: EXPIRE_MS },
    { outcome: 'ignored', reason: 'expired' },
  ]);
  expect(clock.pending).toBe(0);
});

test('one timer at a time, and none after close', () => {
  const { tracker, emitted, clock } = setUp();
  for (let count = 0; count < 40; count++) {
    tracker.offered(offerOf(`text${String(count)}`));
    clock.advance(5);
    expect(clock.pending).toBe(1);
  }
  tracker.close();
  expect(clock.pending).toBe(0);
  expect(emitted.filter(({ kind }) => kind === 'outcome')).toHaveLength(40);
});

test('ids that are unknown or decided have no effect', () => {
  const { tracker, emitted } = setUp();
  const id = tracker.offered(offerOf('foo()'));
  tracker.accepted('nobody');
  tracker.accepted(id);
  tracker.accepted(id);
  tracker.close();
  expect(emitted).toMatchObject([{ kind: 'offered' }, { kind: 'shown' }, { outcome: 'accepted' }]);
});

function acceptAll(text: string) {
  const set = setUp();
  const id = set.tracker.offered(offerOf(text));
  set.tracker.changed('file:///a.ts', insert(0, text));
  set.tracker.accepted(id);
  return { ...set, id, survivals: () => set.emitted.filter((record) => record.kind === 'survival') };
}

test('an accepted text is looked at after 30 s and after 2 min, and then no more', () => {
  const { tracker, clock, survivals, id, emitted } = acceptAll('total = price * count');
  clock.advance(30_000);
  expect(survivals()).toEqual([
    {
      kind: 'survival',
      id,
      at: 31_000,
      workspace: 'w',
      dueMs: 30_000,
      afterMs: 30_000,
      state: 'kept',
      similarity: 1,
      length: 21,
    },
  ]);
  tracker.changed('file:///a.ts', change(8, 13, 'cost'));
  clock.advance(90_000);
  expect(survivals()[1]).toMatchObject({
    dueMs: 120_000,
    afterMs: 120_000,
    state: 'edited',
    similarity: 0.8,
  });
  clock.advance(EXPIRE_MS);
  expect(survivals()).toHaveLength(2);
  expect(clock.pending).toBe(0);
  expect(JSON.stringify(emitted)).not.toContain('price');
});

test('closing settles what is followed; nothing comes afterwards', () => {
  const { tracker, clock, survivals } = acceptAll('foo()');
  clock.advance(100);
  tracker.close();
  expect(survivals()).toMatchObject([{ reason: 'closed', dueMs: 30_000, afterMs: 100 }]);
  expect(clock.pending).toBe(0);
});
