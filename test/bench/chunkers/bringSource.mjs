// @ts-check
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolNode } from '../../../bin/dev/lib/nodeRuntime.mjs';
import { runNpm } from '../../../bin/dev/lib/npm.mjs';
import { runLogged } from '../../../bin/dev/lib/runLogged.mjs';

/** @import { Source } from './chunker.mjs' */

const LOG = 'chunkers';

/**
 * Brings the source of a chunker from npm, from a clone, or from GitHub.
 *
 * @param {Source} source
 * @param {string} work an empty folder
 * @param {string | undefined} clone folder of a clone that has the source's commit
 * @returns {Promise<string>} the folder that holds it
 */
export async function bringSource({ npm, github, commit }, work, clone) {
  const folder = join(work, 'source');
  await mkdir(folder);
  if (npm !== undefined) {
    await runNpm(toolNode(), ['pack', npm], { cwd: work, log: LOG });
    const packed = (await readdir(work)).find((name) => name.endsWith('.tgz')) ?? '';
    await unpack(join(work, packed), folder);
  } else if (clone !== undefined) {
    const archive = join(work, 'source.tar');
    await runLogged(LOG, 'git', ['-C', clone, 'archive', '--output', archive, commit ?? '']);
    await runLogged(LOG, 'tar', ['-xf', archive, '-C', folder]);
  } else {
    const archive = join(work, 'source.tar.gz');
    const response = await fetch(`https://codeload.github.com/${github}/tar.gz/${commit}`);
    if (!response.ok) throw new Error(`GitHub answered ${response.status}`);
    await writeFile(archive, response.body ?? '');
    await unpack(archive, folder);
  }
  return folder;
}

/** Without the folder that all of it is in. @param {string} archive @param {string} folder */
async function unpack(archive, folder) {
  await runLogged(LOG, 'tar', ['-xzf', archive, '--strip-components=1', '-C', folder]);
}
