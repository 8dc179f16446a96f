// @ts-check
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { toolNode } from '../../../bin/dev/lib/nodeRuntime.mjs';
import { keep } from '../measure.mjs';
import { CHUNKERS } from './chunkers.mjs';
import { installChunker } from './installChunker.mjs';

/** @import { Corpus } from '../corpora.mjs' */

const PROGRAM = fileURLToPath(new URL('runChunkers.mjs', import.meta.url));
const COMMAND = 'npm run bench -- --only=chunkers';

/**
 * Measures our chunker and those of other products on the same files. One that cannot be had is left out.
 *
 * @param {readonly Corpus[]} corpora
 * @param {Readonly<Record<string, string | undefined>>} clones by the id of a chunker the folder of a clone of its repository
 */
export async function measureChunkers(corpora, clones) {
  /** @type {string[]} */
  const bundles = [];
  for (const chunker of CHUNKERS) {
    try {
      bundles.push(`${chunker.id}=${await installChunker(chunker, clones[chunker.id])}`);
    } catch (error) {
      console.log(`chunkers: ${chunker.name} left out: ${/** @type {Error} */ (error).message}`);
    }
  }
  if (bundles.length === 0) return;
  for (const { name, id, folder } of corpora) {
    console.log(`chunkers: ${name}`);
    try {
      const root = await folder();
      const bench = { what: 'chunkers', on: name, command: COMMAND };
      await keep(bench, () => run([root, ...bundles]), `chunkers/${id}`);
    } catch (error) {
      console.log(`left out: ${/** @type {Error} */ (error).message}`);
    }
  }
}

/** @param {readonly string[]} args */
async function run(args) {
  const options = { maxBuffer: 2 ** 26 };
  const { stdout } = await promisify(execFile)(
    toolNode(),
    ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', PROGRAM, ...args],
    options,
  );
  return JSON.parse(stdout);
}
