import type { Logger } from '../../core/ports/runtime.ts';
import type { HostServices } from '../../protocol/engine.ts';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';

export interface HostServicesOptions {
  readonly log: Logger;
  readonly board: IndexStatusBoard;
  /** Lets the query worker read the newest generation of a folder. */
  readonly follow: (root: string) => Promise<void>;
  /** Makes anew what is damaged of all indexes. */
  readonly rebuild: () => Promise<void>;
  readonly symbols: HostServices['symbols'];
}

const DAMAGED_AGAIN = 'The index is damaged again after it was rebuilt. Check the disk that it is kept on.';

/** What the workers may ask of the host. Symbols apart they do not wait for any of it, so failures end in the log. */
export function createHostServices(options: HostServicesOptions): Omit<HostServices, 'working'> {
  const { log, board, follow, rebuild, symbols } = options;
  /** Folders whose damaged index is being rebuilt, or was and has not been read since: a second time would not help. */
  const rebuilt = new Map<string, 'running' | 'done'>();
  const inBackground = (what: string, work: Promise<void>) => {
    work.catch((error: unknown) => {
      log.warn(`Could not ${what}`, error);
    });
  };
  return {
    log: (level, message, details) => {
      log[level](message, details);
    },
    indexStatus: (root, status) => {
      board.set(root, status);
    },
    committed: (root) => {
      inBackground(`read the new index of ${root}`, follow(root));
    },
    symbols,
    indexDamaged: (root) => {
      // What is committed until the rebuild has its turn builds upon the damaged index.
      if (rebuilt.get(root) === 'running') return;
      if (rebuilt.get(root) === 'done') {
        board.set(root, { state: 'failed', message: DAMAGED_AGAIN });
        return;
      }
      rebuilt.set(root, 'running');
      log.warn(`The index of ${root} is damaged and is being rebuilt`);
      const rebuilding = rebuild().then(
        () => void rebuilt.set(root, 'done'),
        (error: unknown) => {
          rebuilt.delete(root);
          throw error;
        },
      );
      inBackground(`rebuild the index of ${root}`, rebuilding);
    },
  };
}
