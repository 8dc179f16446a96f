// @ts-check
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolNode } from '../../../bin/dev/lib/nodeRuntime.mjs';
import { failureReason } from './failureReason.mjs';
import { median } from './quantile.mjs';

/** @import { Peer } from './store.mjs' */

const PROGRAM = fileURLToPath(new URL('runPeer.mjs', import.meta.url));
const STARTS = 3;
/** One that takes longer is not repeated. */
const LONG_MS = 5000;

/** A store that needs more of either is done with, and the table says so. */
export const LIMITS = { heapMegabytes: 4096, seconds: 180 };

/**
 * What one store did; where it failed, what it did until then.
 *
 * @typedef {object} PeerResult
 * @property {string} id
 * @property {string} name
 * @property {any} [build]
 * @property {{ readonly answeredMs: number }} [start]
 * @property {any} [ask]
 * @property {any} [save]
 * @property {{ readonly phase: 'build' | 'start' | 'ask' | 'save', readonly reason: string }} [failed]
 */

/**
 * Measures a store phase by phase, each in a process of its own.
 *
 * @param {Peer} peer
 * @param {{ readonly given: string, readonly packages: string, readonly dims: number }} place
 * @returns {Promise<PeerResult>}
 */
export async function measurePeer({ id, name }, place) {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-peer-'));
  /** @type {any} */
  const result = { id, name };
  let phase = 'build';
  const run = (/** @type {string} */ next) => {
    phase = next;
    return runPhase({ ...place, peer: id, phase, folder });
  };
  try {
    result.build = await run('build');
    const starts = [];
    do starts.push((await run('start')).answeredMs);
    while (starts.length < STARTS && median(starts) < LONG_MS);
    result.start = { answeredMs: median(starts) };
    result.ask = await run('ask');
    result.save = await run('save');
  } catch (error) {
    result.failed = { phase, reason: failureReason(error, LIMITS) };
  } finally {
    await rm(folder, { recursive: true });
  }
  return result;
}

/** @param {object} request @returns {Promise<any>} */
function runPhase(request) {
  const args = [`--max-old-space-size=${LIMITS.heapMegabytes}`, PROGRAM, JSON.stringify(request)];
  return new Promise((resolve, reject) => {
    const options = { timeout: LIMITS.seconds * 1000, killSignal: /** @type {const} */ ('SIGKILL') };
    execFile(toolNode(), args, options, (error, stdout, stderr) => {
      if (error) reject(Object.assign(error, { stderr }));
      else resolve(JSON.parse(stdout));
    });
  });
}
