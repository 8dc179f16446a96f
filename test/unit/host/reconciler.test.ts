import { beforeEach, expect, test } from 'vitest';
import type { Clock } from '../../../src/core/ports/runtime.ts';
import { Reconciler } from '../../../src/host/workspace/reconciler.ts';

/** A clock whose time and timers go separately, as when a machine sleeps or its time is set. */
class TwistedClock implements Clock {
  time = 1_000_000;
  #timer: (() => void) | undefined;

  now(): number {
    return this.time;
  }

  setTimer(callback: () => void): () => void {
    this.#timer = callback;
    return () => {
      this.#timer = undefined;
    };
  }

  /** The time goes on, then the pending timer fires. */
  tick(ms: number): void {
    this.time += ms;
    this.#timer?.();
  }
}

const MINUTE = 60_000;
let clock: TwistedClock;
let times: number;
let reconciler: Reconciler;

beforeEach(() => {
  clock = new TwistedClock();
  times = 0;
  reconciler = new Reconciler(clock, () => times++);
});

test('everything is compared every ten minutes', () => {
  for (let minute = 0; minute < 9; minute++) clock.tick(MINUTE);
  expect(times).toBe(0);
  for (let minute = 0; minute < 11; minute++) clock.tick(MINUTE);
  expect(times).toBe(2);
});

test('and at once after the machine was asleep, or its clock was set', () => {
  clock.tick(3 * 60 * MINUTE);
  expect(times).toBe(1);
  clock.tick(-24 * 60 * MINUTE);
  expect(times).toBe(2);
  clock.tick(MINUTE + 2_000);
  expect(times).toBe(2);
});

test('and when the user comes back, but not time and again', () => {
  reconciler.returned();
  expect(times).toBe(0);
  clock.time += MINUTE;
  reconciler.returned();
  reconciler.returned();
  expect(times).toBe(1);
});

test('not any more once disposed of', () => {
  reconciler.dispose();
  clock.tick(60 * MINUTE);
  expect(times).toBe(0);
});
