import type { IndexStatus } from '../protocol/engine.ts';
import type { Disposable } from './disposableStore.ts';
import { indexOverview, type IndexOverview } from './indexOverview.ts';

/** The newest index status of every folder of the window; tells its subscribers of every change. */
export class IndexStatusBoard {
  #statuses: ReadonlyMap<string, IndexStatus | undefined> = new Map();
  readonly #listeners = new Set<(overview: IndexOverview) => void>();

  get overview(): IndexOverview {
    return indexOverview([...this.#statuses.values()]);
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
    const { overview } = this;
    for (const listener of this.#listeners) listener(overview);
  }
}
