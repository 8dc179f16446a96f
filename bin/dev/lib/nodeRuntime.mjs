// @ts-check
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce } from './installOnce.mjs';
import { runNpm } from './npm.mjs';
import { CACHE } from './places.mjs';
import { runLogged } from './runLogged.mjs';
import { SetupError } from './setupError.mjs';
import { nodePackage } from './versions.mjs';

/** @import { NodeMajor } from './versions.mjs' */

/**
 * Folder of a cached Node: `bin/node` and the headers native modules are compiled against.
 *
 * @param {NodeMajor} major
 */
export function nodeHome(major) {
  return join(CACHE, `node-${nodePackage(major).version}-${process.platform}-${process.arch}`);
}

/** @param {NodeMajor} major */
export function nodeBinary(major) {
  return join(nodeHome(major), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** @param {NodeMajor} major */
export function hasNode(major) {
  return existsSync(nodeBinary(major));
}

/** The Node our tools run on: this process's own when it is new enough, else the cached one. */
export function toolNode() {
  return runsOnToolNode() ? process.execPath : nodeBinary(24);
}

/** Whether this process needs no other Node. */
export function runsOnToolNode() {
  return Number.parseInt(process.versions.node, 10) >= 24;
}

/**
 * Brings Node from npm, so that nothing but npm's registry is needed.
 *
 * @param {NodeMajor} major
 */
export async function installNode(major) {
  const { name, version } = nodePackage(major);
  const log = `node-${version}`;
  await installOnce(nodeHome(major), async (work) => {
    await writeFile(join(work, 'package.json'), '{"private":true}');
    try {
      await runNpm(process.execPath, ['install', '--ignore-scripts', `${name}@${version}`], {
        cwd: work,
        log,
      });
      const home = join(work, 'node_modules', name);
      await runLogged(log, join(home, 'bin', 'node'), ['--version']);
      return home;
    } catch (error) {
      const hint = `Node ${major} could not be brought from npm (${name}@${version}). Install Node ${major} yourself and run this again with it.`;
      throw new SetupError(`${hint}\n${/** @type {Error} */ (error).message}`, { cause: error });
    }
  });
}
