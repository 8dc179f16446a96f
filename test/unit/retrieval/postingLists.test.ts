import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import { PostingLists } from '../../../src/core/retrieval/postingLists.ts';
import { TextSet } from '../../../src/core/retrieval/textSet.ts';
import { throughImage } from '../../support/throughImage.ts';

const EVERY_TEXT = new Uint32Array(2 ** 19).fill(0xffffffff);

function read(lists: PostingLists, term: number): readonly number[] {
  const postings: number[] = [];
  const kept = new Uint32Array(lists.count(term) + 1);
  for (const posting of kept.subarray(0, lists.gather(term, EVERY_TEXT, kept))) postings.push(posting);
  return postings;
}

const restored = (lists: PostingLists, termEnd: number) =>
  new PostingLists(throughImage((image) => lists.saveIncrementally(image, termEnd)));

describe('PostingLists', () => {
  it('gives back what was appended, whatever else is stored', () => {
    const term = fc.integer({ min: 1, max: 6 });
    const operation = fc.oneof(
      { weight: 20, arbitrary: fc.record({ term, times: fc.integer({ min: 1, max: 400 }) }) },
      { weight: 1, arbitrary: fc.record({ term, keepEvery: fc.integer({ min: 1, max: 4 }) }) },
      { weight: 1, arbitrary: fc.record({ isRestored: fc.boolean() }) },
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
        let lists = new PostingLists();
        const model = new Map<number, number[]>();
        let next = 0;
        for (const step of operations) {
          if ('isRestored' in step) {
            // What goes on with the lists that were saved sees them as they were.
            const other = restored(lists, 7);
            if (step.isRestored) lists = other;
            continue;
          }
          const expected = model.get(step.term) ?? [];
          if ('times' in step) {
            for (let count = 0; count < step.times; count++, next++) {
              lists.append(step.term, (next << 8) | 1);
              expected.push((next << 8) | 1);
            }
            model.set(step.term, expected);
          } else {
            const keeps = (text: number): boolean => text % step.keepEvery === 0;
            runToCompletion(lists.retainIncrementally(step.term, keeps));
            model.set(
              step.term,
              expected.filter((posting) => keeps(posting >>> 8)),
            );
          }
        }
        for (const [term, postings] of model) {
          expect(read(lists, term)).toEqual(postings);
          expect(lists.count(term)).toBe(postings.length);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('gathers the postings of some texts, in the order they were appended in', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { maxLength: 3000, size: 'max' }),
        fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 2000, size: 'max' }),
        (texts, wanted) => {
          const lists = new PostingLists();
          for (const text of texts) lists.append(3, (text << 8) | (1 + (text % 255)));
          const set = new TextSet();
          set.fit(5001);
          for (const text of wanted) set.add(text);
          const kept = new Uint32Array(texts.length + 1);
          const count = lists.gather(3, set.bits, kept);
          const isWanted = new Set(wanted);
          expect([...kept.subarray(0, count)]).toEqual(
            read(lists, 3).filter((posting) => isWanted.has(posting >>> 8)),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('gives back what was saved: any frequency, ids far apart, used again or in no order, lists of many pages', () => {
    const postings: Readonly<Record<number, readonly number[]>> = {
      1: [0, 1, 15, 16, 17, 2063, 2064, 300_000, 2 ** 24 - 1],
      2: [5, 4, 4, 2 ** 24 - 1, 0],
      3: Array.from({ length: 400_000 }, (_, at) => at * 40),
      5: [2 ** 24 - 1],
    };
    const lists = new PostingLists();
    for (const [term, texts] of Object.entries(postings)) {
      for (const [at, text] of texts.entries())
        lists.append(Number(term), ((text << 8) | (1 + (at % 255))) >>> 0);
    }
    const before = [1, 2, 3, 4, 5].map((term) => read(lists, term));
    const other = restored(lists, 6);
    for (const each of [lists, other]) {
      for (const [at, expected] of before.entries()) {
        expect(read(each, at + 1).length).toBe(expected.length);
        expect(read(each, at + 1).every((posting, place) => posting === expected[place])).toBe(true);
      }
    }
    expect(other.byteLength).toBeLessThan(6 * 2 ** 18);
  });

  it('reuses the room of removed postings', () => {
    const lists = new PostingLists();
    const fill = (): void => {
      for (let text = 0; text < 50_000; text++) lists.append(1, (text << 8) | 1);
    };
    fill();
    const size = lists.byteLength;
    for (let round = 0; round < 5; round++) {
      runToCompletion(lists.retainIncrementally(1, () => false));
      fill();
    }
    expect(lists.byteLength).toBe(size);
  });

  it('cleans a long list in many small steps, before the last of which it is as it was', () => {
    const lists = new PostingLists();
    for (let text = 0; text < 100_000; text++) lists.append(1, (text << 8) | 1);
    const before = read(lists, 1);
    const asked: number[] = [];
    let askedInStep = 0;
    const cleaning = lists.retainIncrementally(1, (text) => {
      askedInStep++;
      return text % 3 > 0;
    });
    while (cleaning.next().done !== true) {
      expect(read(lists, 1)).toEqual(before);
      asked.push(askedInStep);
      askedInStep = 0;
    }
    expect(asked.length).toBeGreaterThan(9);
    expect(Math.max(...asked, askedInStep)).toBeLessThan(10_000);
    expect(read(lists, 1)).toEqual(before.filter((posting) => (posting >>> 8) % 3 > 0));
    expect(lists.count(1)).toBe(66_666);
  });

  it('keeps the largest text id', () => {
    const lists = new PostingLists();
    const posting = (((2 ** 24 - 1) << 8) | 255) >>> 0;
    lists.append(7, posting);
    expect(read(lists, 7)).toEqual([posting]);
  });
});
