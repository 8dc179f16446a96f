import { describe, expect, test } from 'vitest';
import { CaseChecker } from '../../../src/host/evalFiles/caseChecker.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { createFakeWorker, type FakeWorker } from './fakeWorker.ts';

const FILE = { root: '/w', path: 'a.eval.yaml', text: 'chat: []' };
const PROBLEM = { kind: 'chat', line: 1, startColumn: 0, endColumn: 4, message: 'No.' };

function checkerWith(checkCases: (file: unknown) => unknown) {
  const workers: FakeWorker[] = [];
  const start = () => {
    const worker = createFakeWorker({ checkCases });
    workers.push(worker);
    return worker;
  };
  return { checker: new CaseChecker(start, silentLogger), workers };
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
    workers[0]?.crash('out of memory');
    await expect(open).rejects.toThrow('stopped unexpectedly');
    isStuck = false;
    expect(await checker.check(FILE)).toEqual([]);
    expect(workers).toHaveLength(2);
  });
});
