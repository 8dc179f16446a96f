import { createNodeFileTree } from '../../adapters/files/nodeFileTree.ts';
import { sha256Digest } from '../../adapters/files/sha256Digest.ts';
import { readSources } from '../../evals/readSources.ts';
import type { SourceFile } from '../../evals/sourceFile.ts';
import { FolderDiscovery } from './folderDiscovery.ts';

/** What would be indexed of the folder at an absolute path, in path order. Uses no store. */
export async function readFolderFiles(root: string, signal?: AbortSignal): Promise<readonly SourceFile[]> {
  const tree = await createNodeFileTree(root);
  const rules = await new FolderDiscovery(root).options();
  return readSources({ tree, hash: sha256Digest }, { ...rules, signal });
}
