import { describe, expect, it } from 'vitest';
import { IndexStatusBoard } from '../../../src/host/indexStatus/indexStatusBoard.ts';

describe('IndexStatusBoard', () => {
  it('tells a subscriber the present state and every change until it leaves', () => {
    const board = new IndexStatusBoard();
    const seen: string[] = [];
    const subscription = board.subscribe(({ state }) => seen.push(state));
    board.setFolders(['/a']);
    board.set('/a', { state: 'scanning', found: 1 });
    subscription.dispose();
    board.set('/a', { state: 'empty' });
    expect(seen).toEqual(['noFolder', 'starting', 'scanning']);
  });

  it('keeps what it knows of a folder that stays, and forgets one that is closed', () => {
    const board = new IndexStatusBoard();
    board.setFolders(['/a', '/b']);
    board.set('/a', { state: 'empty' });
    board.set('/b', { state: 'failed', message: 'gone' });
    board.setFolders(['/a']);
    board.set('/b', { state: 'failed', message: 'late' });
    expect(board.overview).toEqual({ state: 'empty' });
  });

  it('gives every folder the same status', () => {
    const board = new IndexStatusBoard();
    board.setFolders(['/a', '/b']);
    board.setAll({ state: 'failed', message: 'crashed' });
    board.set('/a', { state: 'empty' });
    expect(board.overview).toEqual({ state: 'failed', message: 'crashed' });
  });
});
