import { realpath } from 'node:fs/promises';
import { readGitRules } from '../adapters/files/gitRules.ts';
import type { DiscoverOptions } from '../core/indexing/discover.ts';
import { composeOuterRules } from '../core/indexing/composeOuterRules.ts';
import type { DiscoverySettings } from '../protocol/engine.ts';

/** What a folder's files are judged by, read anew for each pass as it may have changed. */
export class FolderDiscovery {
  readonly #root: string;
  #settings: DiscoverySettings | undefined;

  constructor(root: string, settings?: DiscoverySettings) {
    this.#root = root;
    this.#settings = settings;
  }

  configure(settings: DiscoverySettings): void {
    this.#settings = settings;
  }

  async options(): Promise<Pick<DiscoverOptions, 'outerRules' | 'maxBytes'>> {
    const git = await readGitRules(await realpath(this.#root));
    return {
      outerRules: composeOuterRules(git, this.#settings?.excludes ?? []),
      maxBytes: this.#settings?.maxFileBytes,
    };
  }
}
