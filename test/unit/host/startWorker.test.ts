import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorker } from '../../../src/host/engine/startWorker.ts';
import type { WorkerLink } from '../../../src/host/engine/supervisor.ts';

let folder: string;
const start = async (source: string): Promise<WorkerLink> => {
  const file = join(folder, `worker${Math.random()}.cjs`);
  await writeFile(file, source);
  return startWorker({ file, name: 'test', maxHeapMb: 32 });
};
const exit = (link: WorkerLink) => new Promise<string>((resolve) => link.onExit(resolve));
const message = (link: WorkerLink) => new Promise<unknown>((resolve) => link.onMessage(resolve));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-worker-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('carries messages both ways until it is terminated', async () => {
  const link = await start(`
    const { parentPort } = require('node:worker_threads');
    parentPort.on('message', (text) => parentPort.postMessage(text.toUpperCase()));`);
  const exited = exit(link);
  link.post('ping');
  await expect(message(link)).resolves.toBe('PING');
  await link.terminate();
  await expect(exited).resolves.toBe('exit code 1');
});

it('tells why a worker ended by itself', async () => {
  await expect(exit(await start(`throw new Error('no database');`))).resolves.toContain('no database');
});

it('survives a worker that runs out of memory', async () => {
  const hog = await start(`const all = []; for (;;) all.push(new Array(1e5).fill(all.length));`);
  await expect(exit(hog)).resolves.toMatch(/memory/i);
});
