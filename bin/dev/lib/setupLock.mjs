// @ts-check
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CACHE } from './places.mjs';

const LOCK = join(CACHE, 'setup.lock');
const POLL_MS = 200;
const HEARTBEAT_MS = 2000;

/** An owner silent for so long is gone, even if its number names another process by now, as in a new container. */
const SILENCE_MS = 60_000;

/**
 * Lets one set-up run at a time on this machine. A lock whose owner is gone is taken over.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(work) {
  mkdirSync(dirname(LOCK), { recursive: true });
  for (let waited = false; !acquire(); waited = true) {
    if (!waited) console.log('Set-up: waiting for another set-up on this machine to finish');
    await delay(POLL_MS);
  }
  const heartbeat = setInterval(() => utimesSync(LOCK, new Date(), new Date()), HEARTBEAT_MS);
  const release = () => rmSync(LOCK, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    release();
    process.off('exit', release);
  }
}

/** @returns {boolean} */
function acquire() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  const pid = owner();
  if (pid === undefined || (isAlive(pid) && !isSilent())) return false;
  // Renaming lets one of several waiters win; the others find nothing to rename.
  try {
    renameSync(LOCK, `${LOCK}.dead-${pid}`);
    rmSync(`${LOCK}.dead-${pid}`, { force: true });
  } catch {
    return false;
  }
  return acquire();
}

/** @returns {number | undefined} none while the lock is being written or was just released */
function owner() {
  try {
    const pid = Number.parseInt(readFileSync(LOCK, 'utf8'), 10);
    return Number.isNaN(pid) ? undefined : pid;
  } catch {
    return undefined;
  }
}

function isSilent() {
  const stats = statSync(LOCK, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > SILENCE_MS;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
