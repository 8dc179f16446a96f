// @ts-check
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keep, touchstone } from '../measure.mjs';
import { installPeers } from './installPeers.mjs';
import { measurePeer } from './measurePeer.mjs';
import { PEERS } from './peers.mjs';

/** @import { PeerResult } from './measurePeer.mjs' */

/**
 * Measures Touchstone in one workspace of so many chunks, then every other store on the same chunks.
 *
 * @param {readonly string[]} roots
 * @param {string} size
 */
export async function measurePeers(roots, size) {
  const packages = await installPeers();
  const command = `npm run bench -- --only=peers --sizes=${size}`;
  await keep(
    { what: 'peers', on: size, command },
    () => besideOthers(roots, size, packages),
    `peers/${size}`,
  );
}

/** @param {readonly string[]} roots @param {string} size @param {string} packages */
async function besideOthers(roots, size, packages) {
  const base = await mkdtemp(join(tmpdir(), 'touchstone-peers-'));
  try {
    const args = ['bench', 'peers', ...roots, '--chunks', size, '--store', base, '--json'];
    const ours = JSON.parse(await touchstone(args));
    /** @type {PeerResult[]} */
    const peers = [];
    for (const peer of PEERS.filter(({ upTo = Infinity }) => ours.given <= upTo)) {
      const started = performance.now();
      process.stdout.write(`peers: ${size}, ${peer.name} … `);
      const result = await measurePeer(peer, { given: join(base, 'given'), packages, dims: ours.dims });
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      process.stdout.write(`${seconds} s${result.failed ? `: ${result.failed.reason}` : ''}\n`);
      peers.push(result);
    }
    return { asked: ours.asked, ours, peers };
  } finally {
    await rm(base, { recursive: true });
  }
}
