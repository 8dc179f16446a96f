import { join } from 'node:path';
import { atomicWrite } from '../../adapters/durable/atomicWrite.ts';
import { assertOwnFolder } from '../../adapters/durable/ownPlace.ts';
import { readRegularFile } from '../../adapters/durable/regularFile.ts';
import type { FoundFile } from '../../core/indexing/folderWalk.ts';

/** In a folder's store: the files that are left out because indexing never got done with them, as they were then. */
const NAME = 'aside.json';

/** A folder with more has another problem. */
const MOST = 100;
const MOST_BYTES = 2 ** 20;

/** What is set aside; nothing when that cannot be read. */
export async function readAside(store: string): Promise<readonly FoundFile[]> {
  try {
    const bytes = await readRegularFile(join(store, NAME), { maxBytes: MOST_BYTES });
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(value) ? value.filter(isFoundFile).slice(-MOST) : [];
  } catch {
    return [];
  }
}

/** Sets a file aside until its size or time of change is another. */
export async function addAside(store: string, file: FoundFile): Promise<void> {
  const others = (await readAside(store)).filter(({ path }) => path !== file.path);
  await write(store, [...others, file].slice(-MOST));
}

/** Lets everything be tried again. */
export async function clearAside(store: string): Promise<void> {
  if ((await readAside(store)).length > 0) await write(store, []);
}

async function write(store: string, files: readonly FoundFile[]): Promise<void> {
  if (assertOwnFolder(store) === undefined) return;
  await atomicWrite(join(store, NAME), new TextEncoder().encode(JSON.stringify(files)));
}

function isFoundFile(value: unknown): value is FoundFile {
  if (typeof value !== 'object' || value === null) return false;
  const { path, size, modifiedMs } = value as Readonly<Record<keyof FoundFile, unknown>>;
  return typeof path === 'string' && typeof size === 'number' && typeof modifiedMs === 'number';
}
