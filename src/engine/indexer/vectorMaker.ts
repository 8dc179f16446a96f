import { SerialQueue } from '../../core/async/serialQueue.ts';
import { errorMessage, isAbortError } from '../../core/errors/touchstoneError.ts';
import type { Indexer } from '../../core/indexing/indexer.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { releaseMemory } from './releaseMemory.ts';

export interface EmbeddingProgress {
  /** Chunks. */
  readonly done: number;
  readonly total: number;
}

/**
 * Makes the vectors of one folder, one pass at a time. Search does without those that cannot be made, so a failure is
 * no more than a warning; the next pass makes up for it.
 */
export class VectorMaker {
  readonly #indexer: Pick<Indexer, 'embed'>;
  readonly #log: Logger;
  readonly #onProgress: () => void;
  readonly #release: () => void;
  readonly #passes = new SerialQueue();
  /** A pass has been asked for in the background and has yet to begin. */
  #isOneWaiting = false;
  #abort = new AbortController();
  #progress: EmbeddingProgress | undefined;
  #problem: string | undefined;

  /** `release` gives back the memory that making a whole set of vectors took. */
  constructor(
    indexer: Pick<Indexer, 'embed'>,
    log: Logger,
    onProgress: () => void,
    release: () => void = releaseMemory,
  ) {
    this.#indexer = indexer;
    this.#log = log;
    this.#onProgress = onProgress;
    this.#release = release;
  }

  /** How far a whole set of vectors has come; `undefined` while none is being made. */
  get progress(): EmbeddingProgress | undefined {
    return this.#progress;
  }

  /** Why vectors are missing or have to wait; `undefined` while all is well. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** A pass cannot go on for now, and waits. */
  wait(problem: string): void {
    this.#show(this.#progress, problem);
  }

  /** Resolves when every chunk indexed so far has its vector, or cannot get one. Rejects when `signal` aborts. */
  make(signal?: AbortSignal): Promise<void> {
    return this.#passes.run(() => this.#pass(signal));
  }

  /** As `make`, in the background; a pass that has yet to begin will do. */
  makeSoon(): void {
    if (this.#isOneWaiting) return;
    this.#isOneWaiting = true;
    void this.#passes.run(() => {
      this.#isOneWaiting = false;
      return this.#pass(undefined);
    });
  }

  /** Ends the running pass; what it committed stays. */
  cancel(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  /** Ends the running pass; those to come end at once. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#passes.idle();
  }

  /** Resolves when no pass is running or waiting. */
  idle(): Promise<void> {
    return this.#passes.idle();
  }

  async #pass(signal: AbortSignal | undefined): Promise<void> {
    const own = this.#abort.signal;
    const either = signal ? AbortSignal.any([own, signal]) : own;
    const onProgress = (done: number, total: number) => {
      this.#show({ done, total });
    };
    let problem: string | undefined;
    try {
      await this.#indexer.embed({ signal: either, onProgress });
    } catch (error) {
      if (signal?.aborted) throw error;
      if (isAbortError(error)) return;
      this.#log.warn('Search goes by words alone where vectors are missing', error);
      problem = errorMessage(error);
    } finally {
      const madeMany = this.#progress !== undefined;
      this.#show(undefined, problem);
      if (madeMany) this.#release();
    }
  }

  #show(progress: EmbeddingProgress | undefined, problem?: string): void {
    if (progress === this.#progress && problem === this.#problem) return;
    this.#progress = progress;
    this.#problem = problem;
    this.#onProgress();
  }
}
