import type { EmbeddingMethod } from '../core/indexing/vectors/embeddingMethod.ts';
import type { Chunker } from '../core/ports/chunker.ts';
import type { FileTree } from '../core/ports/files.ts';
import type { History } from '../core/ports/history.ts';
import type { Clock, Digest, Logger } from '../core/ports/runtime.ts';
import type { CaseJournal, RunIdentity } from './caseJournal.ts';
import type { EvaluatedModel } from './chatTrial.ts';
import type { EvaluationProgress } from './evaluation.ts';
import type { SourceRules } from './readSources.ts';
import type { PinnedVariants } from '../core/prompts/fixedPolicy.ts';
import type { PromptVersion } from '../core/shared/provenance.ts';
import type { SyntaxCheck } from './syntaxCheck.ts';
import type { Workspace } from './workspace.ts';

/** What an evaluation works with. */
export interface EvaluationParts {
  readonly tree: FileTree;
  /** What is left out for reasons from outside the folder; nothing unless given. */
  readonly discovery?: SourceRules | undefined;
  /** Questions are made from commits, too, when given. */
  readonly history?: History | undefined;
  readonly hash: Digest;
  readonly chunker: Chunker;
  readonly method: EmbeddingMethod;
  /** Judges suggestions; brackets are counted when absent. */
  readonly syntax?: SyntaxCheck | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds since any moment, as exactly as can be had. */
  readonly stopwatch: () => number;
  /** The language model that answers in the chat; the built-in answers when absent. */
  readonly model?: EvaluatedModel | undefined;
  /** Which wordings of prompts are measured; the defaults unless given. */
  readonly prompts?: PinnedVariants | undefined;
  /** Where finished cases are kept until the evaluation has ended. */
  readonly journal?: EvaluationJournal | undefined;
}

export interface EvaluationJournal {
  readonly cases: CaseJournal;
  /** Identity of the running program. */
  readonly program: string;
}

/** What all suites run in. */
export interface SuiteContext extends Omit<EvaluationParts, 'journal' | 'prompts'> {
  /** The wording of `chat.answer` that is measured. */
  readonly prompt: PromptVersion;
  readonly workspace: Workspace;
  readonly cases: number;
  readonly seed: number;
  /** Times that each question is put to a language model. */
  readonly runs: number;
  /** Cases that may wait for a language model at a time. */
  readonly parallel: number;
  readonly journal: { readonly cases: CaseJournal; readonly identity: RunIdentity } | undefined;
  readonly pace: () => Promise<void>;
  readonly report: (phase: EvaluationProgress['phase'], done: number, total: number) => void;
  readonly signal: AbortSignal | undefined;
}
