import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OfferedSignal, OutcomeSignal, SignalRecord } from '../../../src/core/signals/record.ts';
import { summarize } from '../../../src/core/signals/summarize.ts';

function offered(id: string, at: number, more: Partial<OfferedSignal> = {}): OfferedSignal {
  const fixed = { workspace: 'w', language: 'go', source: 'workspace-model', lines: 1, confidence: 0.5 };
  return { kind: 'offered', id, at, length: 10, ...fixed, ...more };
}

function outcome(id: string, how: OutcomeSignal['outcome'], at = 0): OutcomeSignal {
  return { kind: 'outcome', id, at, workspace: 'w', outcome: how, afterMs: 1 };
}

describe('summarize', () => {
  test('nothing recorded', () => {
    expect(summarize([])).toEqual({
      total: { offered: 0, accepted: 0, ignored: 0 },
      byLanguage: {},
      bySource: {},
      recent: [],
    });
  });

  test('counts by language and source; the newest come first', () => {
    const summary = summarize([
      offered('a', 1),
      offered('b', 3, { language: 'rust', length: 7 }),
      outcome('a', 'accepted'),
      offered('c', 2, { source: 'model' }),
      outcome('c', 'ignored'),
    ]);
    expect(summary.total).toEqual({ offered: 3, accepted: 1, ignored: 1 });
    expect(summary.byLanguage).toEqual({
      go: { offered: 2, accepted: 1, ignored: 1 },
      rust: { offered: 1, accepted: 0, ignored: 0 },
    });
    expect(summary.bySource).toEqual({
      'workspace-model': { offered: 2, accepted: 1, ignored: 0 },
      model: { offered: 1, accepted: 0, ignored: 1 },
    });
    expect(summary.recent).toEqual([
      { at: 3, language: 'rust', source: 'workspace-model', length: 7, outcome: 'pending' },
      { at: 2, language: 'go', source: 'model', length: 10, outcome: 'ignored' },
      { at: 1, language: 'go', source: 'workspace-model', length: 10, outcome: 'accepted' },
    ]);
  });

  test('recent is limited to the newest 50', () => {
    const summary = summarize(Array.from({ length: 60 }, (_, at) => offered(String(at), at)));
    expect(summary.total.offered).toBe(60);
    expect(summary.recent.map(({ at }) => at)).toEqual(Array.from({ length: 50 }, (_, index) => 59 - index));
  });

  test('an outcome without its offer is left out', () => {
    expect(summarize([outcome('x', 'accepted')]).total).toEqual({ offered: 0, accepted: 0, ignored: 0 });
  });

  test('an acceptance outweighs another outcome, whichever comes first', () => {
    const records = [offered('a', 1), outcome('a', 'ignored'), outcome('a', 'accepted')];
    expect(summarize(records).total).toEqual({ offered: 1, accepted: 1, ignored: 0 });
    expect(summarize(records.toReversed()).total).toEqual({ offered: 1, accepted: 1, ignored: 0 });
  });

  test('names from outside cannot reach into the tables', () => {
    const summary = summarize([offered('a', 1, { language: '__proto__' })]);
    expect(Object.keys(summary.byLanguage)).toEqual(['__proto__']);
  });

  test('neither order nor repetition of records matters', () => {
    const records = fc
      .uniqueArray(fc.nat({ max: 40 }), { maxLength: 20 })
      .chain((ids) =>
        fc.tuple(
          ...ids.map((id) =>
            fc
              .record({ at: fc.nat({ max: 5 }), language: fc.constantFrom('go', 'rust') })
              .chain(({ at, language }) =>
                fc
                  .constantFrom<readonly OutcomeSignal['outcome'][]>([], ['accepted'], ['ignored'])
                  .map((outcomes): readonly SignalRecord[] => [
                    offered(String(id), at, { language }),
                    ...outcomes.map((how) => outcome(String(id), how)),
                  ]),
              ),
          ),
        ),
      )
      .map((groups) => groups.flat());
    const shuffledTwice = records.chain((original) =>
      fc
        .shuffledSubarray([...original, ...original], { minLength: 2 * original.length })
        .map((shuffled) => ({ original, shuffled })),
    );
    fc.assert(
      fc.property(shuffledTwice, ({ original, shuffled }) => {
        expect(summarize(shuffled)).toEqual(summarize(original));
      }),
    );
  });
});
