import type { PauseKind } from '../../protocol/engine.ts';

/** The part of VS Code's `Memento` that is needed. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'indexing.paused';

/**
 * Whether indexing is paused or stopped in this window. A pause is kept with the workspace, since who pauses on battery
 * does not want a reload to resume; the status bar shows it. Cancelling stops until the workspace is opened again.
 */
export class IndexingPause {
  readonly #memory: Memory;
  #kind: PauseKind | undefined;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#kind = memory.get(KEY) === true ? 'paused' : undefined;
  }

  get kind(): PauseKind | undefined {
    return this.#kind;
  }

  set kind(kind: PauseKind | undefined) {
    if (kind === this.#kind) return;
    this.#kind = kind;
    void this.#memory.update(KEY, kind === 'paused' ? true : undefined);
  }
}
