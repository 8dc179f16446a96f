// @ts-check
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What an interrupted run had started may take its last seconds to end, still writing. */
const REMOVAL = { recursive: true, force: true, maxRetries: 8, retryDelay: 200 };

/**
 * Fills a folder that then exists whole or not at all: work happens beside it and the result is renamed into place.
 * What an interrupted earlier run left is removed; the caller holds the set-up lock.
 *
 * @param {string} target
 * @param {(work: string) => Promise<string>} fill resolves to the folder inside `work` that becomes `target`
 */
export async function installOnce(target, fill) {
  if (existsSync(target)) return;
  const parent = dirname(target);
  const prefix = `${basename(target)}.partial-`;
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), REMOVAL);
  }
  const work = join(parent, `${prefix}${process.pid}`);
  await mkdir(work);
  await rename(await fill(work), target);
  await rm(work, REMOVAL);
}
