import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { StoreCorruptError } from '../core/errors/storeCorruptError.ts';
import type { RefreshReport } from '../core/indexing/refresh.ts';
import type { Logger } from '../core/ports.ts';
import { DocumentMirror } from '../engine/documentMirror.ts';
import { IndexerFolder } from '../engine/indexerFolder.ts';
import { openQueryFolder, type QueryFolder } from '../engine/queryFolder.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import { storeDirectory } from '../protocol/storeLocation.ts';
import type { Arguments } from './arguments.ts';
import type { Output } from './output.ts';
import { UsageError } from './usageError.ts';

/** One folder opened for a command, its index up to date unless `--no-index` was given. */
export interface Session {
  readonly root: string;
  readonly folder: QueryFolder;
  /** Absent with `--no-index`. */
  readonly report?: RefreshReport;
  close(): Promise<void>;
}

export async function openSession(
  args: Arguments,
  output: Output,
  signal: AbortSignal,
  how: { readonly repair?: boolean } = {},
): Promise<Session> {
  const root = await folderOf(args.positionals[0]);
  const store = storeOf(root, args);
  const log = stderrLogger(output, args.verbose);
  const config = { root, store };
  const options = { ...how, fromScratch: args.fromScratch };
  const report = args.index ? await refresh(config, options, log, signal) : undefined;
  const folder = await openQueryFolder(config, new DocumentMirror(), log);
  try {
    await folder.follow();
  } catch (error) {
    await folder.close();
    if (!(error instanceof StoreCorruptError) || !args.index || how.repair) throw error;
    output.note(`${error.message} Repairing it now.`);
    return openSession(args, output, signal, { repair: true });
  }
  return { root, folder, ...(report && { report }), close: () => folder.close() };
}

/** Brings the folder's index up to date without reading it into memory: who asks it first finds what is damaged. */
export async function indexFolder(
  args: Arguments,
  output: Output,
  signal: AbortSignal,
): Promise<RefreshReport> {
  const root = await folderOf(args.positionals[0]);
  const config = { root, store: storeOf(root, args) };
  const log = stderrLogger(output, args.verbose);
  return refresh(config, { fromScratch: args.fromScratch }, log, signal);
}

async function refresh(
  config: FolderConfig,
  options: { readonly fromScratch: boolean; readonly repair?: boolean },
  log: Logger,
  signal: AbortSignal,
): Promise<RefreshReport> {
  const indexer = await IndexerFolder.open(config, silentHost, log);
  try {
    return await indexer.refresh(options, signal);
  } finally {
    await indexer.close();
  }
}

const silentHost = { indexStatus: () => undefined, committed: () => undefined };

/** The real path of the folder named on the command line. */
export async function folderOf(given: string | undefined): Promise<string> {
  if (given === undefined)
    throw new UsageError('Name a folder, for instance: touchstone search . "your query"');
  try {
    const root = await realpath(resolve(given));
    if ((await stat(root)).isDirectory()) return root;
  } catch (error) {
    throw new UsageError(`There is no folder at ${resolve(given)}.`, { cause: error });
  }
  throw new UsageError(`${resolve(given)} is a file. Name the folder to work on.`);
}

/** The store of a folder: the one that is named, else that of the user's cache. */
export function storeOf(root: string, { store }: Pick<Arguments, 'store'>): string {
  return store === undefined ? defaultStore(root) : resolve(store);
}

function defaultStore(root: string): string {
  return storeDirectory(root, {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    sha256hex: (text) => createHash('sha256').update(text).digest('hex'),
  });
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
