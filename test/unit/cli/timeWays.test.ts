import { expect, test } from 'vitest';
import { timeWays } from '../../../src/bench/benchOptions.ts';

const { signal } = new AbortController();

function journal() {
  const calls: string[] = [];
  const way = (name: string) => ({ run: (at: number) => calls.push(`${name}${at}`) });
  return { calls, way };
}

test('asks every case in every way in turns, the first ones once before', async () => {
  const { calls, way } = journal();
  const times = await timeWays({ a: way('a'), b: way('b') }, { count: 2, warmUp: 1, signal });
  expect(calls).toEqual(['a0', 'b0', 'a0', 'b0', 'a1', 'b1']);
  expect([times.a.length, times.b.length]).toEqual([2, 2]);
});

test('prepares before each call', async () => {
  const { calls, way } = journal();
  const prepared = { ...way('run'), prepare: (at: number) => calls.push(`prepare${at}`) };
  await timeWays({ prepared }, { count: 2, warmUp: 0, signal });
  expect(calls).toEqual(['prepare0', 'run0', 'prepare1', 'run1']);
});

test('goes round while it is to go on', async () => {
  const { calls, way } = journal();
  const goesOn = () => calls.length < 5;
  const times = await timeWays({ a: way('') }, { count: 2, warmUp: 0, signal, goesOn });
  expect(calls).toEqual(['0', '1', '0', '1', '0']);
  expect(times.a.length).toBe(5);
});

test('there is no end to wait for without cases', async () => {
  const { way } = journal();
  expect(await timeWays({ a: way('a') }, { count: 0, warmUp: 3, signal, goesOn: () => true })).toEqual({
    a: [],
  });
});

test('lets what waits on the thread go first when calls take turns', async () => {
  const { calls, way } = journal();
  setImmediate(() => calls.push('other'));
  await timeWays({ a: way('a') }, { count: 1, warmUp: 0, signal, takesTurns: true });
  expect(calls).toEqual(['other', 'a0']);
});

test('ends when aborted', async () => {
  const { way } = journal();
  const aborted = AbortSignal.abort(new Error('enough'));
  await expect(timeWays({ a: way('a') }, { count: 1, warmUp: 0, signal: aborted })).rejects.toThrow('enough');
});
