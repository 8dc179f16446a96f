import { systemClock } from '../core/systemClock.ts';
import { createNodeFileTree } from '../adapters/files/nodeFileTree.ts';
import { sha256Digest } from '../adapters/files/sha256Digest.ts';
import { createPacer } from '../core/indexing/pacer.ts';
import { readSources } from '../core/evals/readSources.ts';
import { withoutCopies } from '../core/evals/withoutCopies.ts';
import { surveyWorkspace, type Workspace } from '../core/evals/workspace.ts';

/**
 * The files of one folder, given by its absolute path, as evaluations draw cases from them: what would be indexed, each
 * set of copies once. Uses no store.
 */
export async function readFolder(root: string, signal?: AbortSignal): Promise<Workspace> {
  const tree = await createNodeFileTree(root);
  const sources = await readSources({ tree, hash: sha256Digest, clock: systemClock }, { signal });
  const pace = createPacer(systemClock, signal);
  const { files } = await withoutCopies(sources, pace);
  return surveyWorkspace(files, pace);
}
