import type { Answer } from '../core/chat/answer.ts';
import type { Exchange } from '../core/chat/exchange.ts';
import { runTurn, type ChosenModel } from '../core/chat/turn.ts';
import type { Logger } from '../core/ports.ts';
import type { SearchHit } from '../core/retrieval/hit.ts';
import type { QueryFolder } from './queryFolder.ts';

export type RootedHit = SearchHit & { readonly root: string };

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

export interface AskFoldersOptions {
  /** Oldest first. */
  readonly history?: readonly Exchange[];
  readonly model?: ChosenModel | undefined;
  readonly log?: Pick<Logger, 'warn'>;
}

/**
 * Answers a question from all folders. In a workspace of several folders the answer shows paths the way the editor
 * does, `<folder name>/<path>`; the citations returned are relative to their root again.
 */
export async function askFolders(
  folders: readonly QueryFolder[],
  question: string,
  signal: AbortSignal,
  onPart: (text: string) => void,
  { history = [], model, log = { warn: () => undefined } }: AskFoldersOptions = {},
): Promise<Answer & { readonly roots: readonly string[] }> {
  const prefixes = prefixByRoot(folders);
  const resolve = (shown: string) => {
    const folder = folders.find(({ root }) => shown.startsWith(prefixes.get(root) ?? ''));
    return folder && { folder, path: shown.slice(prefixes.get(folder.root)?.length) };
  };
  const parts = runTurn(
    { question, history },
    {
      model,
      log,
      search: async (query, count, abort) => {
        const hits = await searchFolders(folders, query, count, abort);
        return hits.map((hit) => ({ ...hit, path: `${prefixes.get(hit.root) ?? ''}${hit.path}` }));
      },
      readLive: async (shown) => {
        const found = resolve(shown);
        return found?.folder.readLive(found.path);
      },
    },
    signal,
  );
  let next = await parts.next();
  while (!next.done) {
    onPart(next.value);
    next = await parts.next();
  }
  const answer = next.value;
  const located = answer.citations.map((citation) => ({ citation, at: resolve(citation.path) }));
  return {
    ...answer,
    citations: located.map(({ citation, at }) => ({ ...citation, path: at?.path ?? citation.path })),
    roots: located.map(({ at }) => at?.folder.root ?? ''),
  };
}

/** The path of a folder inside another, with `/`; `undefined` when it is not inside. */
function pathWithin(outer: string, root: string): string | undefined {
  const [from, to] = [outer, root].map((path) => path.replaceAll('\\', '/').replace(/\/$/, ''));
  return from !== undefined && to?.startsWith(`${from}/`) ? to.slice(from.length + 1) : undefined;
}

/** Root → what stands before its paths on screen: nothing for a single folder, else its unique name and `/`. */
function prefixByRoot(folders: readonly QueryFolder[]): ReadonlyMap<string, string> {
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
