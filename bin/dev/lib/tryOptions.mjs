// @ts-check
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './places.mjs';
import { SetupError } from './setupError.mjs';

const DEFAULT_PORT = 4820;

const USAGE = `npm run try -- [folder] [--port N] [--no-open] [--trust] [--desktop]
  folder      what to open; this repository when none is named
  --port N    where to serve; the next free port when taken (default ${DEFAULT_PORT})
  --no-open   only print the address
  --trust     do not start in Restricted Mode (this repository never does: you have just run its code)
  --desktop   use an installed VS Code, with a profile of its own, instead of the browser`;

/**
 * @typedef {object} TryOptions
 * @property {string} folder absolute
 * @property {number} port
 * @property {boolean} open
 * @property {boolean} trust
 * @property {boolean} desktop
 */

/**
 * @param {string[]} args
 * @returns {TryOptions | undefined} none when only help was asked for, which is then printed
 */
export function readTryOptions(args) {
  const { values, positionals } = parse(args);
  if (values.help) {
    console.log(USAGE);
    return undefined;
  }
  // npm changes to the repository's root; a relative folder means relative to where the person is.
  const folder = resolve(process.env['INIT_CWD'] ?? '.', positionals[0] ?? ROOT);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new SetupError(`${folder} is not a folder. Name one that exists:\n${USAGE}`);
  }
  const port = Number(values.port ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new SetupError(`${values.port} is not a port; use one from 1 to 65535.`);
  }
  const { desktop = false, trust = folder === ROOT, 'no-open': noOpen = false } = values;
  return { folder, port, open: !noOpen, trust, desktop };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        trust: { type: 'boolean' },
        desktop: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new SetupError(`${/** @type {Error} */ (error).message}\n${USAGE}`, { cause: error });
  }
}
