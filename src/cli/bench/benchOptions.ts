import { wholeNumber, type Arguments } from '../arguments.ts';
import { folderOf, stderrLogger } from '../session.ts';
import type { Logger } from '../../core/ports.ts';
import type { Output } from '../output.ts';

/** What every benchmark is given. */
export interface BenchOptions {
  /** `undefined` for the benchmark's own number. */
  readonly cases: number | undefined;
  readonly seed: number;
  /** `retrieval` only: also measure the search with each of its parts left out. */
  readonly ablation?: boolean;
  /** Absolute path of an older version of the folder; `complete` only. */
  readonly older?: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

export async function benchOptions(
  args: Arguments,
  output: Output,
  signal: AbortSignal,
): Promise<BenchOptions> {
  return {
    cases: wholeNumber('--cases', args.cases, 1),
    seed: args.seed ?? 1,
    ablation: args.ablation,
    ...(args.older !== undefined && { older: await folderOf(args.older) }),
    log: stderrLogger(output, args.verbose),
    signal,
  };
}
