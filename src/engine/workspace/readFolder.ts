import { createTimeSlice } from '../../core/async/timeSlice.ts';
import { withoutCopies } from '../../evals/withoutCopies.ts';
import { surveyWorkspace, type Workspace } from '../../evals/workspace.ts';
import { readFolderFiles } from './readFolderFiles.ts';

/**
 * The files of one folder, given by its absolute path, as evaluations draw cases from them: what would be indexed, each
 * set of copies once. Uses no store.
 */
export async function readFolder(root: string, signal?: AbortSignal): Promise<Workspace> {
  const sources = await readFolderFiles(root, signal);
  const pace = createTimeSlice(signal);
  const { files } = await withoutCopies(sources, pace);
  return surveyWorkspace(files, pace);
}
