import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IndexOverview } from '../../../src/host/indexStatus/indexOverview.ts';
import { IndexRun } from '../../../src/host/indexStatus/indexRun.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const indexing = (done: number, total: number): IndexOverview => ({
  state: 'indexing',
  done,
  total,
  percent: total === 0 ? 0 : Math.floor((100 * done) / total),
});
const ready: IndexOverview = { state: 'ready', files: 1, chunks: 1, skipped: new Map() };

test('the percentage never goes back until the run is over', () => {
  const step = fc
    .tuple(fc.nat(100), fc.nat(100))
    .map(([done, more]): IndexOverview => indexing(done, done + more));
  fc.assert(
    fc.property(fc.array(step, { minLength: 1 }), (steps) => {
      const run = new IndexRun(new FakeClock());
      const shown = steps.map((each) => run.follow(each)).map((each) => 'percent' in each && each.percent);
      expect(shown).toEqual(shown.toSorted((a, b) => Number(a) - Number(b)));
      run.follow(ready);
      expect(run.follow(indexing(0, 9))).toMatchObject({ percent: 0 });
    }),
  );
});

test('a pause keeps the percentage, and the estimate begins anew after it', () => {
  const clock = new FakeClock();
  const run = new IndexRun(clock);
  run.follow(indexing(50, 100));
  const paused: IndexOverview = { state: 'paused', kind: 'paused', files: 40, chunks: 1, percent: 40 };
  expect(run.follow(paused)).toMatchObject({ percent: 50 });
  expect(run.follow({ ...paused, kind: 'stopped' })).toMatchObject({ percent: 50 });
  run.follow(indexing(45, 100));
  clock.advance(10_000);
  expect(run.follow(indexing(55, 100))).toEqual({ ...indexing(55, 100), remainingMs: 45_000 });
});

test('there is no estimate before there is something to go by', () => {
  const clock = new FakeClock();
  const run = new IndexRun(clock);
  run.follow(indexing(0, 1000));
  clock.advance(1_000);
  expect(run.follow(indexing(500, 1000))).not.toHaveProperty('remainingMs');
  clock.advance(1_000);
  expect(run.follow(indexing(500, 1000))).toHaveProperty('remainingMs', 2_000);
});

test.each([8 * 60 * 60_000, -60_000])(
  'the estimate begins anew when the machine was asleep or its clock was set back (%d ms)',
  (jump) => {
    const clock = new FakeClock();
    const run = new IndexRun(clock);
    run.follow(indexing(0, 100));
    clock.advance(10_000);
    expect(run.follow(indexing(10, 100))).toHaveProperty('remainingMs', 90_000);
    clock.advance(jump);
    expect(run.follow(indexing(11, 100))).not.toHaveProperty('remainingMs');
    clock.advance(10_000);
    expect(run.follow(indexing(21, 100))).toHaveProperty('remainingMs', 79_000);
  },
);
