import type { SearchHit } from '../core/retrieval/hit.ts';
import type { QueryFolder } from './queryFolder.ts';

export type RootedHit = SearchHit & { readonly root: string };

/** Searches every folder and merges the results by score. */
export async function searchFolders(
  folders: readonly QueryFolder[],
  query: string,
  count: number,
  signal?: AbortSignal,
): Promise<readonly RootedHit[]> {
  const perFolder = await Promise.all(
    folders.map(async (folder) => {
      const hits = await folder.search(query, count, signal);
      return hits.map((hit) => ({ ...hit, root: folder.root }));
    }),
  );
  return perFolder
    .flat()
    .sort((a, b) => b.score - a.score)
    .slice(0, count);
}
