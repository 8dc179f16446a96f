import { describe, expect, test } from 'vitest';
import { CaseChecker } from '../../../src/host/evalFiles/caseChecker.ts';
import { LOOK_MS, MOST_SILENT_LOOKS } from '../../../src/host/engine/watchdog.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { createFakeWorker, type FakeWorker } from './fakeWorker.ts';

const FILE = { root: '/w', path: 'a.eval.yaml', text: 'chat: []' };
const PROBLEM = { kind: 'chat', line: 1, startColumn: 0, endColumn: 4, message: 'No.' };

function checkerWith(checkCases: (file: typeof FILE) => unknown) {
  const workers: FakeWorker[] = [];
  const clock = new FakeClock();
  const silence = { isSilent: false };
  const forEver = new Promise(() => undefined);
  const start = () => {
    const worker = createFakeWorker({
      checkCases: (file: typeof FILE) => (silence.isSilent ? forEver : checkCases(file)),
      ping: () => (silence.isSilent ? forEver : null),
    });
    workers.push(worker);
    return worker;
  };
  /** Looks at the worker so many times, with a turn for its answers after each. */
  const look = async (times: number) => {
    for (let at = 0; at < times; at++) {
      clock.advance(LOOK_MS);
      await new Promise((resume) => setImmediate(resume));
    }
  };
  return { checker: new CaseChecker(start, silentLogger, clock), workers, clock, silence, look };
}

describe('a checker of cases', () => {
  test('starts its worker with the first check and keeps it until it may rest', async () => {
    const asked: unknown[] = [];
    const { checker, workers } = checkerWith((file) => {
      asked.push(file);
      return [PROBLEM];
    });
    expect(workers).toHaveLength(0);
    expect(await checker.check(FILE)).toEqual([PROBLEM]);
    expect(await checker.check({ ...FILE, text: '' })).toEqual([PROBLEM]);
    expect(asked).toEqual([FILE, { ...FILE, text: '' }]);
    expect(workers).toHaveLength(1);
    await checker.rest();
    expect(workers[0]?.terminated).toBe(true);
    await checker.rest();
    await checker.check(FILE);
    expect(workers).toHaveLength(2);
  });

  test('rejects what a worker that ends leaves open, and starts another', async () => {
    let isStuck = true;
    const { checker, workers } = checkerWith(() => (isStuck ? new Promise(() => undefined) : []));
    const open = checker.check(FILE);
    await Promise.resolve();
    workers[0]?.crash('out of memory');
    await expect(open).rejects.toThrow('stopped unexpectedly');
    isStuck = false;
    expect(await checker.check(FILE)).toEqual([]);
    expect(workers).toHaveLength(2);
  });

  test('leaves a worker alone that is busy and answers, however long', async () => {
    const { checker, workers, look } = checkerWith(() => new Promise(() => undefined));
    void checker.check(FILE).catch(() => undefined);
    await look(5 * MOST_SILENT_LOOKS);
    expect(workers[0]?.terminated).toBe(false);
  });

  test('attack: ends a worker that falls silent, says so in the file, and starts another for others', async () => {
    const { checker, workers, silence, look } = checkerWith(() => [PROBLEM]);
    silence.isSilent = true;
    const first = checker.check(FILE);
    await look(MOST_SILENT_LOOKS + 2);
    const [problem] = await first;
    expect(problem?.message).toContain('did not get done');
    expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
    silence.isSilent = false;
    expect(await checker.check({ ...FILE, path: 'b.eval.yaml' })).toEqual([PROBLEM]);
    expect(workers).toHaveLength(2);
  });

  test('attack: does not look again at the text that it fell silent at, until that changes', async () => {
    const asked: string[] = [];
    const { checker, silence, look } = checkerWith(({ text }) => {
      asked.push(text);
      return [];
    });
    silence.isSilent = true;
    const first = checker.check(FILE);
    await look(MOST_SILENT_LOOKS + 2);
    await first;
    silence.isSilent = false;
    expect(await checker.check(FILE)).toHaveLength(1);
    expect(asked).toEqual([]);
    expect(await checker.check({ ...FILE, text: 'other' })).toEqual([]);
    expect(await checker.check(FILE)).toEqual([]);
    expect(asked).toEqual(['other', FILE.text]);
  });

  test('attack: the file that is set aside is the one that the worker was at, not one that waits', async () => {
    const { checker, silence, look } = checkerWith(() => [PROBLEM]);
    silence.isSilent = true;
    const [first, second] = [checker.check(FILE), checker.check({ ...FILE, path: 'b.eval.yaml' })];
    await look(MOST_SILENT_LOOKS);
    silence.isSilent = false;
    await look(2);
    expect(await first).not.toEqual([PROBLEM]);
    expect(await second).toEqual([PROBLEM]);
  });

  test('attack: after the fourth worker in a row nothing is checked until all such files are closed', async () => {
    const { checker, workers, silence, look, clock } = checkerWith(() => []);
    silence.isSilent = true;
    for (let n = 0; n < 6; n++) {
      const check = checker.check({ ...FILE, text: `version ${n}` });
      await look(MOST_SILENT_LOOKS + 2);
      expect(await check).toHaveLength(1);
    }
    expect(workers).toHaveLength(4);
    expect(clock.pending).toBe(0);
    silence.isSilent = false;
    await checker.rest();
    expect(await checker.check(FILE)).toEqual([]);
  });
});
