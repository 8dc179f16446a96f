import type { Clock } from '../../core/ports/runtime.ts';
import { systemClock } from '../../core/async/systemClock.ts';
import type { IndexStatus } from '../../protocol/engine.ts';
import type { Disposable } from '../editor/disposableStore.ts';
import { indexOverview, type IndexOverview } from './indexOverview.ts';
import { IndexRun } from './indexRun.ts';

/** The newest index status of every folder of the window; tells its subscribers of every change. */
export class IndexStatusBoard {
  #statuses: ReadonlyMap<string, IndexStatus | undefined> = new Map();
  readonly #listeners = new Set<(overview: IndexOverview) => void>();
  readonly #run: IndexRun;
  #overview: IndexOverview = indexOverview([]);

  constructor(clock: Pick<Clock, 'now'> = systemClock) {
    this.#run = new IndexRun(clock);
  }

  get overview(): IndexOverview {
    return this.#overview;
  }

  /** Of each folder, `undefined` for one not heard of yet. */
  get statuses(): ReadonlyMap<string, IndexStatus | undefined> {
    return this.#statuses;
  }

  /** Makes these the folders of the window; what is known of those that stay is kept. */
  setFolders(roots: readonly string[]): void {
    this.#statuses = new Map(roots.map((root) => [root, this.#statuses.get(root)]));
    this.#changed();
  }

  /** A status of a folder that has been closed in the meantime is dropped. */
  set(root: string, status: IndexStatus): void {
    if (!this.#statuses.has(root)) return;
    this.#statuses = new Map([...this.#statuses, [root, status]]);
    this.#changed();
  }

  /** Gives every folder the same status. */
  setAll(status: IndexStatus): void {
    this.#statuses = new Map([...this.#statuses.keys()].map((root) => [root, status]));
    this.#changed();
  }

  /** Calls `listener` at once and after every change. */
  subscribe(listener: (overview: IndexOverview) => void): Disposable {
    this.#listeners.add(listener);
    listener(this.overview);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #changed(): void {
    this.#overview = this.#run.follow(indexOverview([...this.#statuses.values()]));
    for (const listener of this.#listeners) listener(this.#overview);
  }
}
