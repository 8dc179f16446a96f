import { expect, test } from 'vitest';
import { runToCompletion, ExclusiveTask } from '../../../src/core/async/incremental.ts';

function* work(name: string, done: string[]): Generator<void> {
  for (let step = 1; step <= 3; step++) {
    done.push(`${name}${step}`);
    yield;
  }
}

test('work is done step by step, and not before the first one is asked for', () => {
  const done: string[] = [];
  const steps = new ExclusiveTask().run(work('a', done));
  expect(done).toEqual([]);
  steps.next();
  expect(done).toEqual(['a1']);
  runToCompletion(steps);
  expect(done).toEqual(['a1', 'a2', 'a3']);
});

test('what begins meanwhile first ends what is under way, whose steps are then over', () => {
  const done: string[] = [];
  const changes = new ExclusiveTask();
  const first = changes.run(work('a', done));
  const second = changes.run(work('b', done));
  first.next();
  second.next();
  expect(done).toEqual(['a1', 'a2', 'a3', 'b1']);
  expect(first.next().done).toBe(true);
  runToCompletion(second);
  expect(done.slice(4)).toEqual(['b2', 'b3']);
});

test('work that was left half done is ended, once', () => {
  const done: string[] = [];
  const changes = new ExclusiveTask();
  const left = changes.run(work('a', done));
  left.next();
  left.return(undefined);
  changes.finish();
  changes.finish();
  expect(done).toEqual(['a1', 'a2', 'a3']);
});
