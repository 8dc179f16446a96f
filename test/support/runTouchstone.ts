import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';

const BIN = resolve(import.meta.dirname, '../../bin/touchstone');

/** How a run of the command line ended and what it wrote. */
export interface Run {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Where its output goes instead of `out`. */
  readonly outputFile?: string;
  /** May end the process: it gets a function that does. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => Promise<void>;
}

/** Runs the command line as built, to its end. */
export async function runTouchstone(
  args: readonly string[],
  { env = {}, cwd, outputFile, onStart = () => Promise.resolve() }: RunOptions = {},
): Promise<Run> {
  const file = outputFile === undefined ? undefined : openSync(outputFile, 'w');
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { ...process.env, ...env },
    cwd,
    stdio: ['ignore', file ?? 'pipe', 'pipe'],
  });
  if (file !== undefined) closeSync(file);
  const out = child.stdout?.toArray() ?? Promise.resolve([]);
  const err = child.stderr?.toArray() ?? Promise.resolve([]);
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  await onStart((signal) => child.kill(signal));
  return {
    code: await ended,
    out: Buffer.concat(await out).toString(),
    err: Buffer.concat(await err).toString(),
  };
}
