import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextSet } from '../../../src/core/retrieval/textSet.ts';

const SIZE = 3000;

function textsOf({ bits }: TextSet): readonly number[] {
  const texts: number[] = [];
  for (let text = 0; text < bits.length * 32; text++) {
    if ((((bits[text >>> 5] ?? 0) >>> (text & 31)) & 1) === 1) texts.push(text);
  }
  return texts;
}

it('has what was added, one by one or in ranges, and not taken out again', () => {
  const text = fc.integer({ min: 0, max: SIZE - 1 });
  const step = fc.oneof(
    fc.record({ add: text }),
    fc.record({ remove: fc.integer({ min: 0, max: 2 * SIZE }) }),
    fc.tuple(text, text).map(([one, other]) => ({ range: [one, other] as const })),
    fc.constant({ clear: true }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const set = new TextSet();
      set.fit(SIZE);
      let model = new Set<number>();
      for (const change of steps) {
        if ('add' in change) {
          set.add(change.add);
          model.add(change.add);
        } else if ('remove' in change) {
          set.delete(change.remove);
          model.delete(change.remove);
        } else if ('range' in change) {
          set.addRange(...change.range);
          for (let at = change.range[0]; at < change.range[1]; at++) model.add(at);
        } else {
          set.clear();
          model = new Set();
        }
      }
      expect(textsOf(set)).toEqual([...model].toSorted((one, other) => one - other));
    }),
  );
});

it('makes room for what is added', () => {
  const set = new TextSet();
  set.add(3);
  set.add(1_000_000);
  expect(textsOf(set)).toEqual([3, 1_000_000]);
});
