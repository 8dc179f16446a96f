import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { readGitRules } from '../../adapters/files/gitRules.ts';
import { type DiscoverOptions, LARGEST_BYTES } from '../../core/indexing/discover.ts';
import { composeOuterRules } from '../../core/indexing/composeOuterRules.ts';
import type { DiscoverySettings } from '../../protocol/engine.ts';

/** What a folder's files are judged by, read anew for each pass as it may have changed. */
export class FolderDiscovery {
  readonly #root: string;
  readonly #store: string | undefined;
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

  async options(): Promise<Pick<DiscoverOptions, 'outerRules' | 'maxBytes'>> {
    const root = await realpath(this.#root);
    const git = await readGitRules(root);
    const rules = composeOuterRules(git, this.#settings?.excludes ?? []);
    const patterns = [...rules.excludes.patterns, ...this.#ownFiles(root)];
    return {
      outerRules: { ...rules, excludes: { ...rules.excludes, patterns } },
      maxBytes: boundedSize(this.#settings?.maxFileBytes),
    };
  }

  /** In the syntax of `.gitignore`. */
  #ownFiles(root: string): readonly string[] {
    if (this.#store === undefined) return [];
    const path = relative(root, this.#store).split(sep).join('/');
    if (path === '' || path.startsWith('..') || isAbsolute(path)) return [];
    return [`/${path.replace(/[\\*?[\]!# ]/g, '\\$&')}`];
  }
}

/** Settings are what people write: no number at all is no limit that anybody meant. */
function boundedSize(bytes: number | undefined): number | undefined {
  return bytes !== undefined && bytes > 0 ? Math.min(bytes, LARGEST_BYTES) : undefined;
}
