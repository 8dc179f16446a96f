import type { Context } from '../../core/context/contextSource.ts';
import { contextSources } from '../../core/context/contextSources.ts';
import { gatherContext } from '../../core/context/gatherContext.ts';
import type { ReadLive } from '../../core/grounding/checkCitations.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { rerankHits, type ChosenRanking } from '../../core/context/ranking/rerankHits.ts';
import type { SearchHit } from '../../core/retrieval/hit.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import type { DocumentLines, DocumentRef } from '../../protocol/engine.ts';
import { FoldersOnScreen } from './foldersOnScreen.ts';
import type { QueryFolder } from './queryFolder.ts';
import { searchFolders } from './searchFolders.ts';

export interface FolderContextOptions {
  readonly folders: readonly QueryFolder[];
  /** Files on screen and those edited last, most recent first. */
  readonly recent?: readonly DocumentRef[];
  /** Files that differ from the last commit. */
  readonly modified?: readonly DocumentRef[];
  /** See `HostServices`; language servers are not asked when absent. */
  readonly symbols?: (name: string) => Promise<readonly DocumentLines[]>;
  readonly ranking?: ChosenRanking | undefined;
  readonly log: Pick<Logger, 'warn' | 'debug'>;
}

/** Finds and reads places in all folders for a question of the chat. Paths are those on screen. */
export class FolderContext {
  readonly #options: FolderContextOptions;
  readonly onScreen: FoldersOnScreen<QueryFolder>;

  constructor(options: FolderContextOptions) {
    this.#options = options;
    this.onScreen = new FoldersOnScreen(options.folders);
  }

  /** The best places for a query, in the order of the ranking model if there is one. */
  async search(query: string, count: number, signal: AbortSignal): Promise<readonly SearchHit[]> {
    return (await this.explain(query, count, signal)).hits;
  }

  /** The same with how they were found. */
  async explain(query: string, count: number, signal: AbortSignal): Promise<Context<SearchHit>> {
    const { folders, recent = [], modified = [], symbols, ranking, log } = this.#options;
    const shown = (document: DocumentRef) => this.onScreen.shown(document);
    const sources = contextSources({
      search: async (...args) => (await searchFolders(folders, ...args)).map((hit) => this.#show(hit)),
      paths: () => folders.flatMap((folder) => this.#pathsOf(folder)),
      symbols: async (name) => ((await symbols?.(name)) ?? []).map((place) => this.#show(place)),
      hints: { recent: recent.map(shown), modified: modified.map(shown) },
      clock: steadyClock,
      log,
    });
    const excluded = (paths: readonly string[]) => this.#excluded(paths);
    const context = await gatherContext(query, count, { sources, excluded, clock: steadyClock }, signal);
    if (!ranking) return context;
    const { readLive } = this;
    const hits = await rerankHits(query, context.hits, { model: ranking, readLive, log }, signal);
    return { ...context, hits };
  }

  readonly readLive: ReadLive = async (shown) => {
    const found = this.onScreen.find(shown);
    return found?.folder.readLive(found.path);
  };

  async #excluded(shown: readonly string[]): Promise<ReadonlySet<string>> {
    const places = Map.groupBy(
      shown.flatMap((path) => this.onScreen.find(path) ?? []),
      ({ folder }) => folder,
    );
    const left = await Promise.all(
      [...places].map(async ([folder, own]) => {
        const paths = await folder.excluded(own.map(({ path }) => path));
        return [...paths].map((path) => this.onScreen.shown({ root: folder.root, path }));
      }),
    );
    return new Set(left.flat());
  }

  #pathsOf(folder: QueryFolder): readonly string[] {
    const { root } = folder;
    return folder.paths().map((path) => this.onScreen.shown({ root, path }));
  }

  #show<T extends DocumentRef>(place: T): T {
    return { ...place, path: this.onScreen.shown(place) };
  }
}
