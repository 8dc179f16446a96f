/** The border between the extension host and the worker that lives for one evaluation; not validated, like `engine.ts`. */

import * as z from 'zod/mini';
import type { CaseProblem } from '../evals/authored/caseProblem.ts';
import type { EvaluationProgress } from '../evals/evaluation.ts';
import type { DiscoverySettings, HostServices } from './engine.ts';
import type { MethodKinds } from './rpc/remote.ts';

export interface EvaluationRequest {
  /** Absolute path of the folder to measure. */
  readonly root: string;
  /** Whether the user trusts it: without, no program is started in it, git included. */
  readonly isTrusted: boolean;
  /** Which of its files are indexed, and so measured, as far as the settings say; all unless given. */
  readonly discovery?: DiscoverySettings;
  /** At most so many questions, and so many hidden lines; as many as the baseline has when there is one to compare with. */
  readonly cases: number;
  /** Absolute path of the folder that keeps what is finished while the evaluation runs. */
  readonly state: string;
  /** The command that places in the page link to; it gets `PlaceArguments`. */
  readonly linkCommand: string;
  readonly baseline?: BaselineUse;
}

/** Compare with the scores in a file, or write them there. */
export interface BaselineUse {
  readonly action: 'compare' | 'save';
  /** Absolute path. */
  readonly file: string;
}

/** What is shown and saved of an evaluation. */
export interface EvaluationReport {
  /** Without scripts: an HTML document for a webview, whose places are command links. */
  readonly page: string;
  /** The same for a browser, without links. */
  readonly html: string;
  /** The evaluation as JSON, as `touchstone eval --json` prints it. */
  readonly json: string;
  /** How many questions and lines there were. */
  readonly cases: number;
  /** What limits what the numbers say. */
  readonly remarks: readonly string[];
}

/** A file of cases that people write, as it is in the editor. */
export interface CaseFileToCheck {
  /** Absolute path of the folder that its paths are relative to. */
  readonly root: string;
  /** Of the file itself, in that folder. */
  readonly path: string;
  readonly text: string;
}

/** Calls to the evaluation worker. Cancelling is ending the worker; the same request then goes on where it stopped. */
export interface EvaluationService {
  /** Says nothing but that the worker is there. */
  ping(): Promise<void>;
  /** Rejects with `BaselineUnusableError` when the baseline's file is of no use. */
  evaluate(request: EvaluationRequest): Promise<EvaluationReport>;
  /** What is wrong in a file of cases; reads no more than the files that it refers to. */
  checkCases(file: CaseFileToCheck): Promise<readonly CaseProblem[]>;
}

/** Calls from the evaluation worker to the host. */
export interface EvaluationHost extends Pick<HostServices, 'log'> {
  evaluationProgress(progress: EvaluationProgress): void;
}

export const evaluationHostKinds: MethodKinds<EvaluationHost> = { log: 'event', evaluationProgress: 'event' };

/** With `/`, in one line, and without a way out of the folder it is relative to. */
const relativePath = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(4096),
    z.regex(/^(?![/\\])(?![a-z]:)(?!(.*[/\\])?\.\.([/\\]|$))[^\p{Cc}\p{Zl}\p{Zp}]+$/isu),
  );
const ordinal = z.int().check(z.positive(), z.maximum(2 ** 31 - 1));

/** What a link to lines of a file calls its command with: a relative path and its first and last line, from 1. */
export const placeArguments = z.tuple([relativePath, ordinal, ordinal]);

export type PlaceArguments = z.infer<typeof placeArguments>;

/** The last report on a folder, as the extension keeps it. */
export const storedEvaluation = z.object({
  format: z.literal(1),
  name: z.string(),
  /** Absolute path of the folder. */
  root: z.string(),
  report: z.object({
    page: z.string(),
    html: z.string(),
    json: z.string(),
    cases: z.number(),
    remarks: z.array(z.string()),
  }),
});
