import type { Digest } from '../core/ports/runtime.ts';
import type { EvalCase } from './evalCase.ts';
import type { Suite } from './evaluation.ts';

/** What came of the cases of an evaluation that has not ended, so that the next one goes on where it stopped. */
export interface CaseJournal {
  /** What was added under this key. */
  find(key: string): unknown;
  /** Survives the process once resolved. */
  add(key: string, outcome: unknown): Promise<void>;
}

/** Everything beside the case that has a part in its outcome. */
export interface RunIdentity {
  /** Of the program itself: another build may answer differently. */
  readonly program: string;
  /** Of every file that is evaluated. */
  readonly files: string;
  readonly recipe: string;
  readonly seed: number;
  /** The cases drawn hide parts of files from each other, so their number matters too. */
  readonly wanted: number;
  readonly model: string;
  readonly prompt: string;
  readonly runs: number;
}

/** Names an outcome by all that it depends on. */
export function journalKey(suite: Suite, each: EvalCase, identity: RunIdentity, hash: Digest): string {
  return hash(new TextEncoder().encode(JSON.stringify([suite, each, Object.entries(identity).sort()])));
}
