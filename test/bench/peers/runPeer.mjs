// @ts-check
// `node runPeer.mjs '{peer, phase, given, folder, packages, dims}'`: one phase of one store; prints what was measured as JSON.
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Given } from './given.mjs';
import { PEERS } from './peers.mjs';
import { PHASES } from './phases.mjs';

const { peer: id, phase, given, folder, packages, dims } = JSON.parse(process.argv[2] ?? '{}');
const peer = PEERS.find((each) => each.id === id);
const measure = PHASES[phase];
if (!peer || !measure) throw new Error(`There is no ${id} or no ${phase}.`);
const load = createRequire(join(packages, 'package.json'));
try {
  const result = await measure(peer, { folder, dims, load }, new Given(given, dims));
  writeSync(1, JSON.stringify(result));
  // Threads of native stores would keep the process.
  process.exit(0);
} catch (error) {
  writeSync(2, `\n${String(error)}\n`);
  process.exit(1);
}
