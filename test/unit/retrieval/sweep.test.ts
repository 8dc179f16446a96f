import { expect, it } from 'vitest';
import { PostingLists } from '../../../src/core/retrieval/postingLists.ts';
import { Sweep } from '../../../src/core/retrieval/sweep.ts';

/** One term in every text, and many in one each. */
function filled(texts: number): PostingLists {
  const lists = new PostingLists();
  for (let text = 0; text < texts; text++) {
    lists.append(1, (text << 8) | 1);
    lists.append(2 + text, (text << 8) | 1);
  }
  return lists;
}

it('looks at few postings a step, however long a list is, and at few lists of one', () => {
  const texts = 60_000;
  const lists = filled(texts);
  let asked = 0;
  const sweep = new Sweep([lists], (text) => {
    asked++;
    return text % 2 > 0;
  });
  const dead = Array.from({ length: texts / 2 }, (_, at) => at * 2);
  sweep.mark(dead);
  sweep.start(2 + texts);
  const inStep: number[] = [];
  let clean: readonly number[] = [];
  while (sweep.isRunning) {
    const steps = sweep.steps(50_000);
    for (let step = steps.next(); ; step = steps.next()) {
      inStep.push(asked);
      asked = 0;
      if (step.done !== true) continue;
      clean = step.value;
      break;
    }
  }
  expect(Math.max(...inStep)).toBeLessThan(10_000);
  expect(inStep.reduce((sum, count) => sum + count, 0)).toBe(2 * texts);
  expect(clean).toEqual(dead);
  expect([lists.count(1), lists.count(2), lists.count(3)]).toEqual([texts / 2, 0, 1]);
});

it('leaves what is marked while it runs to the next time', () => {
  const lists = filled(10);
  const dead = new Set([3]);
  const sweep = new Sweep([lists], (text) => !dead.has(text));
  sweep.mark([3]);
  sweep.start(12);
  dead.add(4);
  sweep.mark([4]);
  expect(sweep.steps(1000).next().value).toEqual([3]);
  expect([sweep.isRunning, sweep.waitingCount, lists.count(1)]).toEqual([false, 1, 8]);
});
