import { expect, test } from 'vitest';
import { createHostServices } from '../../../src/host/engine/hostServices.ts';
import { IndexStatusBoard } from '../../../src/host/indexStatus/indexStatusBoard.ts';
import { silentLogger } from '../../support/silentLogger.ts';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function fixture() {
  const board = new IndexStatusBoard();
  board.setFolders(['/a']);
  const rebuilds: PromiseWithResolvers<void>[] = [];
  const services = createHostServices({
    log: silentLogger,
    board,
    symbols: () => Promise.resolve([]),
    follow: () => Promise.resolve(),
    rebuild: () => {
      rebuilds.push(Promise.withResolvers());
      return rebuilds.at(-1)!.promise;
    },
  });
  return { board, rebuilds, services };
}

test('damage reported until the rebuild has ended is the same damage', async () => {
  const { board, rebuilds, services } = fixture();
  services.indexDamaged('/a');
  services.indexDamaged('/a');
  expect(rebuilds).toHaveLength(1);
  expect(board.overview.state).toBe('starting');
  rebuilds[0]!.resolve();
  await settle();
  services.indexDamaged('/a');
  expect(rebuilds).toHaveLength(1);
  expect(board.overview.state).toBe('failed');
  expect(board.overview).toHaveProperty('message', expect.stringContaining('Check the disk'));
});

test('a rebuild that failed is tried again at the next report', async () => {
  const { rebuilds, services } = fixture();
  services.indexDamaged('/a');
  rebuilds[0]!.reject(new Error('the indexer has stopped'));
  await settle();
  services.indexDamaged('/a');
  expect(rebuilds).toHaveLength(2);
});
