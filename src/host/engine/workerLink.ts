import type { Link } from '../../protocol/rpc/connection.ts';

/** A running worker thread, seen from the host. */
export interface WorkerLink extends Link {
  /** `listener` is called once, when the thread has ended for any reason; the text says why. */
  onExit(listener: (reason: string) => void): void;
  /** Ends the thread at once, whatever it is doing. */
  terminate(): Promise<void>;
}
