import { wholeNumber, type Arguments } from '../arguments.ts';
import { stderrLogger } from '../session.ts';
import type { Logger } from '../../core/ports.ts';
import type { Output } from '../output.ts';

/** What every benchmark is given. */
export interface BenchOptions {
  /** `undefined` for the benchmark's own number. */
  readonly cases: number | undefined;
  readonly seed: number;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

export function benchOptions(args: Arguments, output: Output, signal: AbortSignal): BenchOptions {
  return {
    cases: wholeNumber('--cases', args.cases, 1),
    seed: args.seed ?? 1,
    log: stderrLogger(output, args.verbose),
    signal,
  };
}
