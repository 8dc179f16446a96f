import { lastChange } from '../../adapters/files/nodeFileTree.ts';
import { lstat, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { GitIndexes } from '../../adapters/files/gitIndexes.ts';
import { isInside } from '../../adapters/durable/ownPlace.ts';
import { readGitRules } from '../../adapters/files/gitRules.ts';
import { type Judgement, LARGEST_BYTES } from '../../core/indexing/discover.ts';
import { composeOuterRules } from '../../core/indexing/composeOuterRules.ts';
import { addAside, clearAside, readAside } from './asideFiles.ts';
import type { DiscoverySettings } from '../../protocol/engine.ts';

/** What a folder's files are judged by, read anew for each pass as it may have changed. */
export class FolderDiscovery {
  readonly #root: string;
  readonly #store: string | undefined;
  readonly #indexes = new GitIndexes();
  #settings: DiscoverySettings | undefined;

  /** `store` is left out should it lie in the folder: an index of itself would never be up to date. */
  constructor(root: string, settings?: DiscoverySettings, store?: string) {
    this.#root = root;
    this.#settings = settings;
    this.#store = store;
  }

  configure(settings: DiscoverySettings): void {
    this.#settings = settings;
  }

  async options(): Promise<Judgement> {
    const root = await realpath(this.#root);
    const git = await readGitRules(root, { indexes: this.#indexes });
    const rules = composeOuterRules(git, this.#settings?.excludes ?? []);
    const patterns = [...rules.excludes.patterns, ...this.#ownFiles(root)];
    const aside = this.#store === undefined ? [] : await readAside(this.#store);
    return {
      isSetAside: (file) =>
        aside.some(
          ({ path, size, modifiedMs }) =>
            path === file.path && size === file.size && modifiedMs === file.modifiedMs,
        ),
      outerRules: { ...rules, excludes: { ...rules.excludes, patterns } },
      maxBytes: boundedSize(this.#settings?.maxFileBytes),
      rejudged: await this.#indexes.changes(),
      settled: () => {
        this.#indexes.settled();
      },
    };
  }

  /** Leaves a file out until it changes. */
  async setAside(path: string): Promise<void> {
    const found = await lstat(join(this.#root, path)).catch(() => undefined);
    if (!found || this.#store === undefined) return;
    await addAside(this.#store, { path, size: found.size, modifiedMs: lastChange(found) });
  }

  /** The files that are left out so, as they are now. */
  async aside(): Promise<ReadonlySet<string>> {
    const paths = new Set<string>();
    for (const { path, size, modifiedMs } of this.#store === undefined ? [] : await readAside(this.#store)) {
      const found = await lstat(join(this.#root, path)).catch(() => undefined);
      if (found?.size === size && lastChange(found) === modifiedMs) paths.add(path);
    }
    return paths;
  }

  /** Lets everything be tried again. */
  async retry(): Promise<void> {
    if (this.#store !== undefined) await clearAside(this.#store);
  }

  /** In the syntax of `.gitignore`. */
  #ownFiles(root: string): readonly string[] {
    if (this.#store === undefined || !isInside(root, this.#store)) return [];
    const path = relative(root, this.#store).split(sep).join('/');
    if (path === '') return [];
    return [`/${path.replace(/[\\*?[\]!# ]/g, '\\$&')}`];
  }
}

/** Settings are what people write: no number at all is no limit that anybody meant. */
function boundedSize(bytes: number | undefined): number | undefined {
  return bytes !== undefined && bytes > 0 ? Math.min(bytes, LARGEST_BYTES) : undefined;
}
