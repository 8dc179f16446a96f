// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { dirname, join } from 'node:path';
import prettier from 'prettier';
import { toolNode } from '../../bin/dev/lib/nodeRuntime.mjs';
import { ROOT } from '../../bin/dev/lib/places.mjs';

/** What measuring one thing after the other brings the load average to; anything above is somebody else's work. */
const OWN_LOAD = 1.8;

export const RESULTS = join(ROOT, 'test/bench/results');

/**
 * @typedef {object} Measured
 * @property {string} what the benchmark
 * @property {string} on what it was measured on, for people
 * @property {string} command
 * @property {string} date
 * @property {string} node
 * @property {string} machine
 * @property {boolean} isUnderLoad other programs kept the processors busy when it began
 * @property {any} result what was measured
 */

/**
 * Runs one benchmark and keeps what it printed. Only one may run at a time, or they slow each other down.
 *
 * @param {{ readonly what: string, readonly on: string, readonly args: readonly string[] }} bench
 * @param {string} file name of the result, without extension
 */
export async function measure({ what, on, args }, file) {
  const run = async () => JSON.parse(await touchstone([...args, '--json']));
  await keep({ what, on, command: commandOf(args) }, run, file);
}

/**
 * Keeps what a benchmark resolves to, and how it came about.
 *
 * @param {Pick<Measured, 'what' | 'on' | 'command'>} bench
 * @param {() => Promise<object>} run
 * @param {string} file name of the result, without extension
 */
export async function keep(bench, run, file) {
  const isUnderLoad = (os.loadavg()[0] ?? 0) > OWN_LOAD;
  const result = await run();
  /** @type {Measured} */
  const measured = {
    ...bench,
    date: new Date().toISOString().slice(0, 10),
    node: spawnSync(toolNode(), ['--version'], { encoding: 'utf8' }).stdout.trim(),
    machine: describeMachine(),
    isUnderLoad,
    result,
  };
  const path = join(RESULTS, `${file}.json`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, await prettier.format(JSON.stringify(measured, rounded), { parser: 'json' }));
}

/** With `<path>` for paths, once for several. @param {readonly string[]} args */
export function commandOf(args) {
  const words = args.map((arg) => (arg.startsWith('/') ? '<path>' : arg)).join(' ');
  return `touchstone ${words.replace(/<path>(?: <path>)+/, '<path>…')}`;
}

/** What `touchstone` prints. @param {readonly string[]} args @returns {Promise<string>} */
export function touchstone(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(toolNode(), [join(ROOT, 'bin/touchstone'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(text);
      else reject(new Error(`touchstone ${args.join(' ')} ended with exit code ${code}`));
    });
  });
}

function describeMachine() {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${os.cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${memory} GB, ${os.platform()} ${os.arch()}`;
}

/** Four digits say all that can be said. @param {string} _key @param {unknown} value */
function rounded(_key, value) {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
