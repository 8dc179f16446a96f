import type { EvalCase } from './evalCase.ts';
import type { SourceFile } from './sourceFile.ts';
import type { Workspace } from './workspace.ts';

/**
 * Builds cases from a workspace's own files. It gives every case it can; sampling is done elsewhere. Asked file by
 * file, so that a caller can pause in between.
 */
export interface CaseSource<C extends EvalCase> {
  readonly id: string;
  /** For people: what is asked and what counts as the answer. */
  readonly label: string;
  /** The cases that the file gives rise to. */
  casesIn(file: SourceFile, workspace: Workspace): readonly C[];
}
