import { expect, test } from 'vitest';
import type { VectorPassOptions } from '../../../src/core/indexing/vectors/vectorPass.ts';
import { VectorMaker } from '../../../src/engine/indexer/vectorMaker.ts';
import { silentLogger } from '../../support/silentLogger.ts';

/** Passes that end when told to, or when they are cancelled. */
function manual() {
  const passes: (VectorPassOptions & PromiseWithResolvers<undefined>)[] = [];
  const warnings: string[] = [];
  const shown: unknown[] = [];
  const embed = (options: VectorPassOptions = {}) => {
    const pass = { ...options, ...Promise.withResolvers<undefined>() };
    passes.push(pass);
    options.signal?.addEventListener('abort', () => {
      pass.reject(options.signal?.reason);
    });
    return pass.promise;
  };
  const log = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
  const maker = new VectorMaker({ embed }, log, () => {
    shown.push(maker.progress);
  });
  return { maker, passes, warnings, shown };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('passes run one at a time, and calls in the background share one that waits', async () => {
  const { maker, passes } = manual();
  const first = maker.make();
  maker.makeSoon();
  maker.makeSoon();
  await settle();
  expect(passes).toHaveLength(1);
  passes[0]?.resolve(undefined);
  await first;
  await settle();
  expect(passes).toHaveLength(2);
  maker.makeSoon();
  passes[1]?.resolve(undefined);
  await settle();
  expect(passes).toHaveLength(3);
  passes[2]?.resolve(undefined);
  await maker.idle();
});

test('progress is shown while a set is made, and no longer', async () => {
  const { maker, passes, shown } = manual();
  const making = maker.make();
  await settle();
  passes[0]?.onProgress?.(1, 4);
  passes[0]?.onProgress?.(4, 4);
  passes[0]?.resolve(undefined);
  await making;
  expect(shown).toEqual([{ done: 1, total: 4 }, { done: 4, total: 4 }, undefined]);
});

test('a failure is a warning, and the next pass goes on', async () => {
  const { maker, passes, warnings } = manual();
  const failing = maker.make();
  await settle();
  passes[0]?.reject(new Error('no space'));
  await failing;
  expect(warnings).toEqual(['Search goes by words alone where vectors are missing']);
  const next = maker.make();
  await settle();
  passes[1]?.resolve(undefined);
  await next;
});

test('whoever cancels is told; closing ends what runs and what waits without a word', async () => {
  const { maker, passes, warnings } = manual();
  const abort = new AbortController();
  const making = maker.make(abort.signal);
  await settle();
  abort.abort();
  await expect(making).rejects.toThrow('abort');
  const running = maker.make();
  await settle();
  await Promise.all([maker.close(), running]);
  expect([passes.length, warnings]).toEqual([2, []]);
});
