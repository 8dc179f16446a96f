import { SerialQueue } from '../../core/async/serialQueue.ts';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import type { SignalRecord } from '../../core/ports/signalRecord.ts';

/** Records reach the ledger at most this late: a crash may cost what happened in between. */
const MAX_DELAY_MS = 500;

/** After a failure, for instance while the engine restarts. */
const RETRY_MS = 5_000;

/** Records that cannot be written for long make room for newer ones. */
const MAX_WAITING = 1_000;

export interface SignalBatchOptions {
  readonly send: (records: readonly SignalRecord[]) => Promise<void>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  /** Version of Touchstone, noted in every record that begins a story. */
  readonly program: string;
}

/** Hands records to the ledger a few at a time and in order; those it could not take are tried again. */
export class SignalBatch {
  readonly #options: SignalBatchOptions;
  #waiting: readonly SignalRecord[] = [];
  readonly #sending = new SerialQueue();
  #cancelTimer: (() => void) | undefined;
  /** Of the last attempt, if it failed. */
  #problem: string | undefined;

  constructor(options: SignalBatchOptions) {
    this.#options = options;
  }

  add(records: readonly SignalRecord[]): void {
    const { program } = this.#options;
    const stamped = records.map((record) =>
      record.kind === 'offered' || record.kind === 'answered' ? { ...record, program } : record,
    );
    this.#waiting = [...this.#waiting, ...stamped].slice(-MAX_WAITING);
    this.#schedule(MAX_DELAY_MS);
  }

  /** Resolves when everything added so far has been handed over or has failed once more. */
  flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    return this.#sending.run(() => this.#send());
  }

  async #send(): Promise<void> {
    const records = this.#waiting;
    if (records.length === 0) return;
    this.#waiting = [];
    try {
      await this.#options.send(records);
      this.#problem = undefined;
    } catch (error) {
      this.#warnOnce(error);
      this.#waiting = [...records, ...this.#waiting].slice(-MAX_WAITING);
      this.#schedule(RETRY_MS);
    }
  }

  /** A ledger that stays out of order for hours is worth one line, not one every few seconds. */
  #warnOnce(error: unknown): void {
    const problem = String(error);
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#options.log.warn('Could not record what became of suggestions; trying again', error);
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer ??= this.#options.clock.setTimer(() => void this.flush(), delayMs);
  }
}
