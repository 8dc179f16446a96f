import type { Clock, Digest, Embedder, FileTree, Logger } from '../ports.ts';
import type { EvaluationProgress } from './evaluation.ts';
import type { Workspace } from './workspace.ts';

/** What an evaluation works with. */
export interface EvaluationParts {
  readonly tree: FileTree;
  readonly hash: Digest;
  readonly embedder: Embedder;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds since any moment, as exactly as can be had. */
  readonly stopwatch: () => number;
}

/** What both suites run in. */
export interface SuiteContext extends EvaluationParts {
  readonly workspace: Workspace;
  readonly cases: number;
  readonly seed: number;
  readonly pace: () => Promise<void>;
  readonly report: (phase: EvaluationProgress['phase'], done: number, total: number) => void;
  readonly signal: AbortSignal | undefined;
}
