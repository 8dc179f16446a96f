import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Arguments } from './arguments.ts';
import type { EvalPlan } from './evalPlan.ts';
import { UsageError } from './usageError.ts';

type Outputs = Pick<Arguments, 'report' | 'junit' | 'baseline' | 'updateBaseline'>;

/** Throws `UsageError` when a file that was asked for cannot be written, before there is anything to lose. */
export async function checkOutputs(
  { report, junit, baseline, updateBaseline }: Outputs,
  { model }: Pick<EvalPlan, 'model'>,
): Promise<void> {
  await check('the report', report, folderOf);
  await check('the report', junit, folderOf);
  if (updateBaseline) await check('the baseline', baseline, folderAround);
  if (model?.cache === 'record') await check('the answers', model.recordings, folderAround);
}

export function unwritable(what: string, file: string, cause: unknown): UsageError {
  return new UsageError(`Cannot write ${what} to ${file}. Check the path.`, { cause });
}

type FolderOf = (file: string) => string | Promise<string>;

async function check(what: string, file: string | undefined, folder: FolderOf): Promise<void> {
  if (file === undefined) return;
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
