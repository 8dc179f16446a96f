import { beforeEach, describe, expect, it } from 'vitest';
import { KeyStore } from '../../../src/host/models/keyStore.ts';
import { ModelBoard } from '../../../src/host/models/modelBoard.ts';
import type { ModelStatus } from '../../../src/host/models/modelStatus.ts';
import { MemorySecrets, modelSettings } from './modelsFixture.ts';

let settings = modelSettings('built-in');
let changed: () => void;
let isSubscribed: boolean;
let errors: string[];
let keys: KeyStore;
let board: ModelBoard;

beforeEach(() => {
  settings = modelSettings('built-in');
  errors = [];
  keys = new KeyStore(new MemorySecrets());
  board = new ModelBoard({
    readSettings: () => settings,
    isTrusted: () => true,
    keys,
    changes: [
      (listener) => {
        changed = listener;
        isSubscribed = true;
        return { dispose: () => (isSubscribed = false) };
      },
    ],
    log: { error: (message) => errors.push(message) },
  });
});

describe('the board', () => {
  it('tells of every change, beginning with what is known', async () => {
    const states: ModelStatus['state'][] = [];
    const subscription = board.subscribe(({ state }) => states.push(state));
    settings = modelSettings('openai:gpt');
    changed();
    await expect.poll(() => states).toEqual(['built-in', 'unusable']);
    await keys.set({ provider: 'openai', origin: 'https://api.openai.com' }, 'sk-1');
    changed();
    await expect.poll(() => states).toEqual(['built-in', 'unusable', 'ready']);
    subscription.dispose();
    settings = modelSettings('built-in');
    await board.refresh();
    expect(states).toHaveLength(3);
    expect(board.status.state).toBe('built-in');
  });

  it('holds no key', async () => {
    settings = modelSettings('openai:gpt');
    await keys.set({ provider: 'openai', origin: 'https://api.openai.com' }, 'sk-secret');
    await board.refresh();
    expect(board.status.state).toBe('ready');
    expect(JSON.stringify(board.status)).not.toContain('sk-secret');
  });

  it('keeps what it knows when keys cannot be read', async () => {
    settings = modelSettings('openai:gpt');
    keys.get = () => Promise.reject(new Error('keyring is locked'));
    await board.refresh();
    expect(board.status.state).toBe('built-in');
    expect(errors).toHaveLength(1);
    await expect(board.resolve()).rejects.toThrow('locked');
  });

  it('ends its subscriptions', () => {
    board.dispose();
    expect(isSubscribed).toBe(false);
  });
});
