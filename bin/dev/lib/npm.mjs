// @ts-check
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runLogged } from './runLogged.mjs';
import { SetupError } from './setupError.mjs';

const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/** What an outer `npm run` says about itself, which must not steer an npm started inside it. */
const OUTER =
  /^(npm_(package|lifecycle|command|execpath|node_execpath)|npm_config_(local_prefix|global|prefix)$|INIT_CWD$)/i;

/**
 * Runs npm's own command line under a given Node, whatever Node npm was installed for.
 *
 * @param {string} node path of the Node binary
 * @param {readonly string[]} args
 * @param {{ readonly cwd: string, readonly log: string }} options
 */
export function runNpm(node, args, { cwd, log }) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OUTER.test(name)));
  env['PATH'] = [dirname(node), process.env['PATH'] ?? ''].join(delimiter);
  return runLogged(log, node, [npmCommandLine(), ...args, ...QUIET], { cwd, env });
}

/** @returns {string} the npm script that runs us, or the one that belongs to our Node */
export function npmCommandLine() {
  const beside = dirname(process.execPath);
  const candidates = [
    process.env['npm_execpath'] ?? '',
    join(beside, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(beside, 'node_modules/npm/bin/npm-cli.js'),
    ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'npm')),
  ];
  for (const candidate of candidates) {
    if (!existsSync(candidate)) continue;
    const script = realpathSync(candidate);
    if (script.endsWith('npm-cli.js')) return script;
  }
  throw new SetupError('npm was not found. Install Node 20 or newer together with npm, then run this again.');
}

/** @returns {string} the compiler driver for native modules, which npm carries */
export function nodeGyp() {
  const path = join(dirname(npmCommandLine()), '../node_modules/node-gyp/bin/node-gyp.js');
  if (!existsSync(path))
    throw new SetupError(`This npm carries no node-gyp (${path}). Run: npm install -g npm`);
  return path;
}
