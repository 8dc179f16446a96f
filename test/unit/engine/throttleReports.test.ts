import { expect, it } from 'vitest';
import type { EvaluationProgress } from '../../../src/evals/evaluation.ts';
import { throttleReports } from '../../../src/engine/evaluation/throttleReports.ts';
import { FakeClock } from '../../support/fakeClock.ts';

it('passes on the first and last step of each phase, and one each tenth of a second', () => {
  const clock = new FakeClock();
  const told: string[] = [];
  const onProgress = throttleReports(clock, ({ phase, done }) => told.push(`${phase} ${done}`));
  const step = (phase: EvaluationProgress['phase'], done: number) => {
    onProgress({ phase, done, total: 50, remainingMs: null });
    clock.advance(10);
  };
  for (let done = 1; done <= 25; done++) step('reading', done);
  step('asking', 1);
  step('asking', 2);
  step('asking', 50);
  expect(told).toEqual(['reading 1', 'reading 11', 'reading 21', 'asking 1', 'asking 50']);
});
