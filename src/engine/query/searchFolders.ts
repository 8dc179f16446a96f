import type { SearchHit } from '../../core/retrieval/hit.ts';
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

/** The path of a folder inside another, with `/`; `undefined` when it is not inside. */
function pathWithin(outer: string, root: string): string | undefined {
  const [from, to] = [outer, root].map((path) => path.replaceAll('\\', '/').replace(/\/$/, ''));
  return from !== undefined && to?.startsWith(`${from}/`) ? to.slice(from.length + 1) : undefined;
}
