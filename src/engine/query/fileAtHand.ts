import type { DocumentRef, HostServices } from '../../protocol/engine.ts';
import type { FolderDiscovery } from '../workspace/folderDiscovery.ts';
import type { CarefulLoading } from '../workspace/indexReplica.ts';

/**
 * Tells the host which file this thread is at, so that it knows what a worker did not get done with that falls silent. A
 * file is at hand until the end of the thread's turn: whatever never ends, ends no turn either.
 */
export class FileAtHand {
  readonly #working: HostServices['working'];
  #file: DocumentRef | undefined;

  constructor(working: HostServices['working'] = () => undefined) {
    this.#working = working;
  }

  /** To be called before anything is done with what is in the file, in each turn anew. */
  begin(root: string, path: string): void {
    if (this.#file === undefined) {
      setImmediate(() => {
        this.#file = undefined;
        this.#working(root, undefined);
      });
    } else if (this.#file.root === root && this.#file.path === path) return;
    this.#file = { root, path };
    this.#working(root, path);
  }
}

/** The same for one folder, some of whose files nothing is done with: nobody ever got done with them. */
export class FolderAtHand implements CarefulLoading {
  readonly onBegin: (path: string) => void;
  readonly #discovery: Pick<FolderDiscovery, 'aside'>;
  #aside: ReadonlySet<string> = new Set();

  constructor(root: string, discovery: Pick<FolderDiscovery, 'aside'>, files: FileAtHand) {
    this.#discovery = discovery;
    this.onBegin = (path) => {
      files.begin(root, path);
    };
  }

  /** Looks anew which they are. */
  async aside(): Promise<ReadonlySet<string>> {
    return (this.#aside = await this.#discovery.aside());
  }

  /** Whether it was set aside when that was looked at last. */
  isAside(path: string): boolean {
    return this.#aside.has(path);
  }
}
