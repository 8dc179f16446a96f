import { commands } from 'vscode';
import type { Clock } from '../../core/ports/runtime.ts';
import { contextKeys } from './contributions.ts';
import type { Disposable } from './disposableStore.ts';
import { isBusy } from '../indexStatus/indexOverview.ts';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';
import { subscribeDebounced } from '../workspace/subscribeDebounced.ts';

/** Keeps the context keys that enable our commands in step with the index. */
export function syncContextKeys(board: IndexStatusBoard, clock: Clock): Disposable {
  const known = new Map<string, boolean>();
  const set = (key: string, value: boolean) => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void commands.executeCommand('setContext', key, value);
  };
  return subscribeDebounced(board, clock, (overview) => {
    set(contextKeys.ready, overview.state !== 'noFolder' && overview.state !== 'starting');
    set(contextKeys.indexing, isBusy(overview));
    set(contextKeys.paused, overview.state === 'paused');
  });
}
