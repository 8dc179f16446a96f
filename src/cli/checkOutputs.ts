import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isOutputTaken, linkToOutput } from '../engine/evaluation/outputPlace.ts';
import type { Arguments } from './arguments.ts';
import type { EvalPlan } from './evalPlan.ts';
import { UsageError } from './usageError.ts';

type Outputs = Pick<Arguments, 'report' | 'junit' | 'baseline' | 'updateBaseline'>;

/** Throws `UsageError` when a file that was asked for cannot be written while `root` is evaluated, before there is anything to lose. */
export async function checkOutputs(
  { report, junit, baseline, updateBaseline }: Outputs,
  { model }: Pick<EvalPlan, 'model'>,
  root: string,
): Promise<void> {
  await check('the report', report, root, folderOf);
  await check('the report', junit, root, folderOf);
  if (updateBaseline) await check('the baseline', baseline, root, folderAround);
  if (model?.cache === 'record') await check('the answers', model.recordings, root, folderAround);
}

export function unwritable(what: string, file: string, cause: unknown): UsageError {
  return new UsageError(`Cannot write ${what} to ${file}. Check the path.`, { cause });
}

type FolderOf = (file: string) => string | Promise<string>;

/** Throws `UsageError` when a link in the folder that is evaluated, or in the current one, leads to an output, or it is no file there. */
export function refuseLinked(what: string, file: string, root: string): void {
  const link = linkToOutput(root, file);
  if (link === undefined) {
    if (!isOutputTaken(root, file)) return;
    throw new UsageError(
      `Cannot write ${what} to ${file}: it is no regular file, or has another name elsewhere. Remove it, or name another.`,
    );
  }
  throw new UsageError(
    `Cannot write ${what} to ${file}: ${link} is a link. Name the file itself, or remove the link.`,
  );
}

async function check(what: string, file: string | undefined, root: string, folder: FolderOf): Promise<void> {
  if (file === undefined) return;
  refuseLinked(what, file, root);
  try {
    await assertWritable(resolve(file), folder);
  } catch (error) {
    throw unwritable(what, file, error);
  }
}

/** Leaves no trace: the folder may be written, and so may the file where there is one. */
async function assertWritable(file: string, folder: FolderOf): Promise<void> {
  await access(await folder(file), constants.W_OK);
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) throw new Error('There is a folder in its place.');
  // A report may go into a pipe; a file that is replaced as a whole takes nothing else's place.
  if (found && !found.isFile() && folder === folderAround) throw new Error('It is no regular file.');
  if (found) await access(file, constants.W_OK);
}

function folderOf(file: string): string {
  return dirname(file);
}

/** Of files whose folders are made: the innermost that is there. */
async function folderAround(file: string): Promise<string> {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found?.isDirectory()) return folder;
    if (found || folder === dirname(folder)) throw new Error('There is no folder that it could be in.');
  }
}
