import { WorkspaceModel } from '../core/completion/workspaceModel.ts';
import { createTimeSlice } from '../core/async/timeSlice.ts';
import { readFolder } from '../engine/workspace/readFolder.ts';
import { teach } from '../evals/teach.ts';
import { drawTypingTasks, TYPING_KINDS, type TypingTask } from '../evals/typing/typingTask.ts';
import type { BenchOptions } from './benchOptions.ts';

/** A folder whose code has been learnt, and what is to be typed in it. */
export interface TypedFolder {
  readonly root: string;
  readonly tasks: readonly TypingTask[];
  readonly model: WorkspaceModel;
}

/** Tasks of a kind in a folder; functions are some ten lines long. */
const LINES = 40;
const FUNCTIONS = 10;

/** Learns a folder's code, the others along with the model, and draws tasks of every kind. */
export async function typedFolder(
  root: string,
  { cases = LINES, seed, signal }: Pick<BenchOptions, 'cases' | 'seed' | 'signal'>,
  others: Parameters<typeof teach>[0] = [],
): Promise<TypedFolder> {
  const { files } = await readFolder(root, signal);
  const pace = createTimeSlice(signal);
  const model = new WorkspaceModel();
  await teach([model, ...others], files, pace);
  const tasks = TYPING_KINDS.flatMap((kind) => {
    const count = kind === 'function' ? Math.ceil((cases * FUNCTIONS) / LINES) : cases;
    return drawTypingTasks(files, kind, { count, seed });
  });
  return { root, tasks, model };
}
