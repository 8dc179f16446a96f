import { expect, test } from 'vitest';
import type { EvaluationProgress } from '../../../src/evals/evaluation.ts';
import { createProgressReporter } from '../../../src/evals/progressReporter.ts';
import { FakeClock } from '../../support/fakeClock.ts';

test('tells how long a phase will take once its steps say something, and begins anew with the next', () => {
  const clock = new FakeClock();
  const seen: EvaluationProgress[] = [];
  const report = createProgressReporter(clock, (progress) => seen.push(progress));
  // Two of ten were finished by an earlier run.
  for (let done = 2; done <= 6; done++) {
    report('answering', done, 10);
    clock.advance(1_000);
  }
  report('reading', 1, 10);
  expect(seen.map(({ remainingMs }) => remainingMs)).toEqual([null, null, null, 5_000, 4_000, null]);
  expect(seen[3]).toEqual({ phase: 'answering', done: 5, total: 10, remainingMs: 5_000 });
});
