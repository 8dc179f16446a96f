import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NotIndexedError } from '../core/errors/storeErrors.ts';
import type { RefreshReport } from '../core/indexing/refresh.ts';
import type { Logger } from '../core/ports/runtime.ts';
import { canBeOpenedAsItIs, indexWorkspace, openUpToDate } from '../engine/workspace/indexWorkspace.ts';
import { openAsItIs, type OpenWorkspace } from '../engine/workspace/openWorkspace.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import type { Arguments } from './arguments.ts';
import type { Output } from './output.ts';
import { assertStorePlace, storeOf } from './storePlace.ts';
import { UsageError } from './usageError.ts';

/** One folder opened for a command, its index up to date unless `--no-index` was given. */
export interface Session {
  readonly root: string;
  readonly folder: OpenWorkspace;
  close(): Promise<void>;
}

export async function openSession(args: Arguments, output: Output, signal: AbortSignal): Promise<Session> {
  const config = await configOf(args);
  const log = stderrLogger(output, args.verbose);
  const folder = await (
    args.index
      ? openUpToDate(config, { fromScratch: args.fromScratch }, { log, signal, onDamaged })
      : openAsItIs(config, { log })
  ).catch(async (error: unknown) => {
    if (args.index && (await canBeOpenedAsItIs(config, error, log)))
      output.note('To use the index as it is, add --no-index.');
    if (!(error instanceof NotIndexedError)) throw error;
    const advice = "Run 'touchstone index' first, or leave --no-index out.";
    throw new UsageError(`${error.message} ${advice}`, { cause: error.cause });
  });
  return { root: config.root, folder, close: () => folder.close() };

  function onDamaged(damage: Error): void {
    output.note(`${damage.message} Repairing it now.`);
  }
}

async function configOf(args: Arguments): Promise<FolderConfig> {
  const root = await folderOf(args.positionals[0]);
  const store = storeOf(root, args);
  await assertStorePlace(store);
  return { root, store };
}

/** Brings the folder's index up to date without reading it into memory: who asks it first finds what is damaged. */
export async function indexFolder(
  args: Arguments,
  output: Output,
  signal: AbortSignal,
): Promise<RefreshReport> {
  const log = stderrLogger(output, args.verbose);
  return indexWorkspace(await configOf(args), { fromScratch: args.fromScratch }, { log, signal });
}

/** The real path of the folder named on the command line. */
export async function folderOf(given: string | undefined): Promise<string> {
  if (given === undefined || given === '')
    throw new UsageError('Name a folder, for instance: touchstone search . "your query"');
  const path = absolute(given);
  try {
    const root = await realpath(path);
    if ((await stat(root)).isDirectory()) return root;
  } catch (error) {
    throw new UsageError(`There is no folder at ${path}.`, { cause: error });
  }
  throw new UsageError(`${path} is a file. Name the folder to work on.`);
}

function absolute(given: string): string {
  try {
    return resolve(given);
  } catch (error) {
    throw new UsageError('The current folder is gone. Change to one that is there.', { cause: error });
  }
}

/** Warnings and errors always, the rest with `--verbose`. */
export function stderrLogger(output: Output, verbose: boolean): Logger {
  const print = (level: string) => (message: string, details?: unknown) => {
    const cause = details instanceof Error ? `: ${details.message}` : '';
    output.note(`${level}: ${message}${cause}`);
  };
  const quiet = () => undefined;
  return {
    debug: verbose ? print('debug') : quiet,
    info: verbose ? print('info') : quiet,
    warn: print('warning'),
    error: print('error'),
  };
}
