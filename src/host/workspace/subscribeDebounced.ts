import type { Clock } from '../../core/ports/runtime.ts';
import type { Disposable } from '../editor/disposableStore.ts';
import { isBusy, type IndexOverview } from '../indexStatus/indexOverview.ts';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';

/** Indexing a saved file takes less than this, ms; nothing should flicker for it. */
const CALM_MS = 500;

/** Follows the board, except that a ready index which is busy for a moment stays ready to the listener. */
export function subscribeDebounced(
  board: IndexStatusBoard,
  clock: Clock,
  listener: (overview: IndexOverview) => void,
): Disposable {
  let shown: IndexOverview['state'] | undefined;
  let cancelTimer: (() => void) | undefined;
  const show = (overview: IndexOverview) => {
    cancelTimer?.();
    cancelTimer = undefined;
    shown = overview.state;
    listener(overview);
  };
  const subscription = board.subscribe((overview) => {
    if (shown !== 'ready' || !isBusy(overview)) {
      show(overview);
      return;
    }
    cancelTimer ??= clock.setTimer(() => {
      show(board.overview);
    }, CALM_MS);
  });
  return {
    dispose: () => {
      cancelTimer?.();
      subscription.dispose();
    },
  };
}
