import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UsageError } from '../cli/usageError.ts';

const run = promisify(execFile);
const MAX_OUTPUT = 64 * 1024 * 1024;

/**
 * Runs another benchmark in a process of its own, so that neither memory nor compiled code of this one is in what it
 * measures; resolves to what it prints. `flags` are for Node. Rejects when it fails, and with the signal's reason when aborted.
 */
export async function runSelf<Result>(
  args: readonly string[],
  signal: AbortSignal,
  flags: readonly string[] = [],
): Promise<Result> {
  const [, program = ''] = process.argv;
  const command = [...process.execArgv, ...flags, program, 'bench', ...args, '--json'];
  try {
    const { stdout } = await run(process.execPath, command, { signal, maxBuffer: MAX_OUTPUT });
    return JSON.parse(stdout) as Result;
  } catch (error) {
    signal.throwIfAborted();
    throw saidBy(error);
  }
}

/** What the process wrote before it failed; the error itself repeats the command. */
function saidBy(error: unknown): unknown {
  if (!(error instanceof Error) || !('stderr' in error) || typeof error.stderr !== 'string') return error;
  const said = error.stderr.trim();
  if (said === '') return error;
  const isUsage = 'code' in error && error.code === 2;
  return isUsage ? new UsageError(said, { cause: error }) : new Error(said, { cause: error });
}
