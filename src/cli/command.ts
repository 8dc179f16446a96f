import type { Arguments } from './arguments.ts';
import type { Output } from './output.ts';

/** Runs one command to its end; throws `UsageError` for bad input and the signal's reason when cancelled. */
export type Command = (args: Arguments, output: Output, signal: AbortSignal) => Promise<void>;
