import { beforeEach, describe, expect, it } from 'vitest';
import { IndexStatusBoard } from '../../../src/host/indexStatus/indexStatusBoard.ts';
import { subscribeDebounced } from '../../../src/host/workspace/subscribeDebounced.ts';
import type { IndexStatus } from '../../../src/protocol/engine.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const ready: IndexStatus = { state: 'ready', files: 1, chunks: 1, skipped: [], elapsedMs: 1 };
const scanning: IndexStatus = { state: 'scanning', found: 1 };
const indexing: IndexStatus = { state: 'indexing', done: 0, total: 1 };

describe('subscribeDebounced', () => {
  let clock: FakeClock;
  let board: IndexStatusBoard;
  let seen: string[];

  beforeEach(() => {
    clock = new FakeClock();
    board = new IndexStatusBoard();
    seen = [];
    board.setFolders(['/a']);
  });

  const subscribe = () => subscribeDebounced(board, clock, ({ state }) => seen.push(state));

  it('shows the first indexing as it goes', () => {
    subscribe();
    for (const status of [scanning, indexing, ready]) board.set('/a', status);
    expect(seen).toEqual(['starting', 'scanning', 'indexing', 'ready']);
  });

  it('stays ready while a saved file is indexed', () => {
    board.set('/a', ready);
    subscribe();
    board.set('/a', scanning);
    clock.advance(200);
    board.set('/a', indexing);
    clock.advance(200);
    board.set('/a', ready);
    clock.advance(10_000);
    expect(seen).toEqual(['ready', 'ready']);
  });

  it('shows work that takes longer, as it is by then', () => {
    board.set('/a', ready);
    subscribe();
    board.set('/a', scanning);
    clock.advance(400);
    board.set('/a', indexing);
    clock.advance(100);
    board.set('/a', { ...indexing, done: 1 });
    expect(seen).toEqual(['ready', 'indexing', 'indexing']);
  });

  it('shows failures at once', () => {
    board.set('/a', ready);
    subscribe();
    board.set('/a', scanning);
    board.set('/a', { state: 'failed', message: 'disk full' });
    expect(seen).toEqual(['ready', 'failed']);
  });

  it('leaves no timer behind', () => {
    board.set('/a', ready);
    const subscription = subscribe();
    board.set('/a', scanning);
    subscription.dispose();
    expect(clock.pending).toBe(0);
    board.set('/a', { state: 'empty' });
    expect(seen).toEqual(['ready']);
  });
});
