import { steadyClock } from '../../core/async/systemClock.ts';
import type { Context } from '../../core/context/contextSource.ts';
import { contextSources } from '../../core/context/contextSources.ts';
import { gatherContext } from '../../core/context/gatherContext.ts';
import { type ChosenRanking, rerankHits } from '../../core/context/ranking/rerankHits.ts';
import type { ReadLive } from '../../core/grounding/checkCitations.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { SearchHit } from '../../core/retrieval/hit.ts';
import type { DocumentLines, DocumentRef } from '../../protocol/engine.ts';
import type { QueryFolder } from './queryFolder.ts';

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

/**
 * How paths of several folders are shown in one list: the way the editor does, `<folder name>/<path>`; for a single folder
 * the path alone.
 */
class FoldersOnScreen<F extends { readonly root: string }> {
  readonly #folders: readonly F[];
  readonly #prefixes: ReadonlyMap<string, string>;

  constructor(folders: readonly F[]) {
    this.#folders = folders;
    this.#prefixes = prefixByRoot(folders);
  }

  shown({ root, path }: DocumentRef): string {
    return `${this.#prefixes.get(root) ?? ''}${path}`;
  }

  /** Takes `shown` back; `undefined` when it is in none of the folders. */
  find(shown: string): { readonly folder: F; readonly path: string } | undefined {
    const folder = this.#folders.find(({ root }) => shown.startsWith(this.#prefixes.get(root) ?? ''));
    return folder && { folder, path: shown.slice(this.#prefixes.get(folder.root)?.length) };
  }
}

/** Root → what stands before its paths on screen: nothing for a single folder, else its unique name and `/`. */
function prefixByRoot(folders: readonly { readonly root: string }[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    folders.map(({ root }) => {
      if (folders.length === 1) return [root, ''] as const;
      const name = root.split(/[\\/]/).findLast((part) => part !== '') ?? 'root';
      let prefix = `${name}/`;
      for (let n = 2; taken.has(prefix); n++) prefix = `${name} (${n})/`;
      taken.add(prefix);
      return [root, prefix] as const;
    }),
  );
}

type RootedHit = SearchHit & { readonly root: string };

/**
 * Searches every folder and merges the results by score. What lies in two folders, because one of them is inside the
 * other, is found in the inner one only.
 */
export async function searchFolders(
  folders: readonly QueryFolder[],
  query: string,
  count: number,
  signal?: AbortSignal,
): Promise<readonly RootedHit[]> {
  const perFolder = await Promise.all(
    folders.map(async (folder) => {
      const hits = await folder.search(query, count, signal);
      const inner = folders
        .map(({ root }) => pathWithin(folder.root, root))
        .filter((path) => path !== undefined);
      return hits
        .filter(({ path }) => !inner.some((prefix) => path.startsWith(`${prefix}/`)))
        .map((hit) => ({ ...hit, root: folder.root }));
    }),
  );
  return perFolder
    .flat()
    .sort((a, b) => b.score - a.score)
    .slice(0, count);
}

/** The path of a folder inside another, with `/`; `undefined` when it is not inside. */
function pathWithin(outer: string, root: string): string | undefined {
  const [from, to] = [outer, root].map((path) => path.replaceAll('\\', '/').replace(/\/$/, ''));
  return from !== undefined && to?.startsWith(`${from}/`) ? to.slice(from.length + 1) : undefined;
}
