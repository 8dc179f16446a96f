import { createHash } from 'node:crypto';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { NotIndexedError } from '../core/errors/storeErrors.ts';
import type { RefreshReport } from '../core/indexing/refreshPass.ts';
import type { Logger } from '../core/ports/runtime.ts';
import { openAsItIs, type OpenWorkspace } from '../engine/workspace/openWorkspace.ts';
import { canBeOpenedAsItIs, indexWorkspace, openUpToDate } from '../engine/workspace/indexWorkspace.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import { storeDirectory } from '../protocol/storeLocation.ts';
import type { Arguments } from './arguments.ts';
import type { Output } from './output.ts';
import { UsageError } from './usageError.ts';

/** One folder opened for a command, its index up to date unless `--no-index` was given. */
export interface Session {
  readonly root: string;
  readonly folder: OpenWorkspace;
  /** Once the command has said all it has to say: what is in memory is left for the next command. */
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
  return { root: config.root, folder, close };

  async function close(): Promise<void> {
    try {
      if (!signal.aborted) await folder.saveImage();
    } finally {
      await folder.close();
    }
  }

  function onDamaged(damage: Error): void {
    output.note(`${damage.message} Repairing it now.`);
  }
}

async function configOf(args: Arguments): Promise<FolderConfig> {
  const root = await folderOf(args.positionals[0]);
  const store = storeOf(root, args);
  await assertStorePlace(store);
  return { root, store, isOneShot: true };
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

/** What a store has beside its manifest, of which nothing is left when the manifest was deleted. */
const PARTS =
  /^(?:manifest\.sqlite.*|writer\.lock\.sqlite.*|memory\.image.*|aside\.json.*|segments|bases|vectors|evaluations)$/;
const MANIFEST = 'manifest.sqlite';

/**
 * Throws `UsageError` for a folder that holds something else: a store deletes what is in its folders and not its own. One
 * that is not there, is a link or cannot be listed is left to who opens it.
 */
async function assertStorePlace(store: string): Promise<void> {
  const place = await lstat(store).catch(() => undefined);
  if (!place?.isDirectory()) return;
  const names: readonly string[] = await readdir(store).catch(() => []);
  if (names.includes(MANIFEST) || names.every((name) => PARTS.test(name))) return;
  throw new UsageError(
    `${store} holds other files and no index. Name an empty folder, or a new one, for --store.`,
  );
}
