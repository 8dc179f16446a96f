import { beforeEach, describe, expect, it } from 'vitest';
import type { EvaluationReport, EvaluationRequest } from '../../../src/protocol/evaluation.ts';
import { evaluateInWorker, MOST_SILENT_LOOKS } from '../../../src/host/engine/evaluateInWorker.ts';
import { LOOK_MS } from '../../../src/host/engine/watchdog.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { createFakeWorker, type FakeWorker } from './fakeWorker.ts';

const REQUEST: EvaluationRequest = {
  root: '/a',
  isTrusted: true,
  cases: 1,
  state: '/s',
  linkCommand: 'open',
};
const REPORT: EvaluationReport = { page: '', html: '', json: '{}', cases: 1, remarks: [] };

describe('an evaluation', () => {
  let clock: FakeClock;
  let worker: FakeWorker;
  let isSilent: boolean;
  let logged: string[];
  let finish: (report: EvaluationReport) => void;
  let evaluated: Promise<EvaluationReport>;

  beforeEach(() => {
    clock = new FakeClock();
    isSilent = false;
    logged = [];
    const done = Promise.withResolvers<EvaluationReport>();
    finish = done.resolve;
    worker = createFakeWorker({
      evaluate: () => done.promise,
      ping: () => (isSilent ? new Promise<void>(() => undefined) : Promise.resolve()),
    });
    evaluated = evaluateInWorker(REQUEST, {
      start: () => worker,
      onProgress: () => undefined,
      signal: new AbortController().signal,
      log: { ...silentLogger, error: (message) => void logged.push(message) },
      clock,
    });
    evaluated.catch(() => undefined);
  });

  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

  async function look(times: number): Promise<void> {
    for (let at = 0; at < times; at++) {
      clock.advance(LOOK_MS);
      await turn();
    }
  }

  it('may take as long as it likes while its worker answers', async () => {
    await look(10 * MOST_SILENT_LOOKS);
    expect(worker.terminated).toBe(false);
    finish(REPORT);
    await expect(evaluated).resolves.toEqual(REPORT);
    expect(worker.terminated).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('attack: whose worker falls silent is ended, and says so', async () => {
    isSilent = true;
    await look(MOST_SILENT_LOOKS);
    expect(worker.terminated).toBe(false);
    await look(1);
    await expect(evaluated).rejects.toMatchObject({
      code: 'evaluation-stopped',
      message: expect.stringContaining('did not get done with something') as string,
    });
    expect(worker.terminated).toBe(true);
    expect(logged).toEqual(['The evaluation worker fell silent and was ended']);
    expect(clock.pending).toBe(0);
  });

  it('takes any word of its worker for an answer', async () => {
    isSilent = true;
    for (let round = 0; round < 3; round++) {
      await look(MOST_SILENT_LOOKS);
      worker.host.log('info', 'still there');
      await turn();
    }
    expect(worker.terminated).toBe(false);
  });
});
