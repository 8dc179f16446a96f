import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import config from '../vitest.config.ts';
import { slowMachines } from './rules/slowMachines.mjs';

function problems(code: string): readonly string[] {
  const found = new Linter().verify(code, { rules: { 'no-restricted-syntax': ['error', ...slowMachines] } });
  return found.map(({ message }) => message);
}

describe('no test fails because a machine is slow', () => {
  test.each([
    'test("a", () => {}, 5000);',
    'describe("a", { timeout: 30_000 }, () => {});',
    'it.each([1])("a", () => {}, 10_000);',
    'beforeAll(start, 20_000);',
    'expect.poll(read, { timeout: 4000 });',
    'const PATIENCE_MS = 15_000;',
    'await page.waitForTimeout(100);',
    'const start = performance.now();',
    'expect(Date.now() - start).toBeLessThan(250);',
    'expect(cost).toBeLessThan(FRAME_MS);',
    'expect(elapsedMs).toBeLessThanOrEqual(100);',
    'assert.ok(activationMs < 100);',
  ])('the linter finds %s', (code) => {
    expect(problems(`async () => { ${code} }`)).toHaveLength(1);
  });

  test.each([
    'test("a", () => {}, 60_000);',
    'describe("a", { timeout: 120_000 }, () => {});',
    'test.each([[1, 2]])("a", () => {});',
    'const CLOSE_MS = 3000; box.waitFor({ timeout: CLOSE_MS });',
    'vi.spyOn(performance, "now");',
    'clock.advance(SETTLE_MS - 1);',
    'if (delayMs > 0) await delay(delayMs);',
    'expect(wordsMs).toBeLessThanOrEqual(elapsedMs);',
    'expect(bytes).toBeLessThan(5000);',
  ])('the linter lets %s pass', (code) => {
    expect(problems(`async () => { ${code} }`)).toEqual([]);
  });

  test('limits of all tiers are of a minute or more', () => {
    const limits = (config.test?.projects ?? []).flatMap((project) => {
      if (typeof project !== 'object' || !('test' in project)) return [];
      const { testTimeout, hookTimeout, expect: waits } = project.test ?? {};
      return [testTimeout, hookTimeout, waits?.poll?.timeout];
    });
    expect(limits.length).toBeGreaterThan(15);
    expect(limits.filter((limit) => limit === undefined || limit < 60_000)).toEqual([]);
  });
});
