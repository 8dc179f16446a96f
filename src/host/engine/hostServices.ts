import type { Logger } from '../../core/ports.ts';
import type { HostServices } from '../../protocol/engine.ts';
import type { IndexStatusBoard } from '../indexStatusBoard.ts';

export interface HostServicesOptions {
  readonly log: Logger;
  readonly board: IndexStatusBoard;
  readonly onAnswerPart: (requestId: string, text: string) => void;
  /** Lets the query worker read the newest generation of a folder. */
  readonly follow: (root: string) => Promise<void>;
  /** Builds all indexes anew. */
  readonly rebuild: () => Promise<void>;
}

/** What the workers may ask of the host. They do not wait for any of it, so failures end in the log. */
export function createHostServices(options: HostServicesOptions): HostServices {
  const { log, board, onAnswerPart, follow, rebuild } = options;
  /** Folders whose damaged index has been rebuilt once in this window: a second time would not help. */
  const rebuilt = new Set<string>();
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
    answerPart: onAnswerPart,
    indexDamaged: (root) => {
      if (rebuilt.has(root)) {
        board.set(root, { state: 'failed', message: 'The index is damaged again after it was rebuilt.' });
        return;
      }
      rebuilt.add(root);
      log.warn(`The index of ${root} is damaged and is being rebuilt`);
      inBackground(`rebuild the index of ${root}`, rebuild());
    },
  };
}
