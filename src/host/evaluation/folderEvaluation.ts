import type { EvaluationReport } from '../../protocol/evaluation.ts';

/** The report on one folder. */
export interface FolderEvaluation {
  readonly name: string;
  /** Absolute path. */
  readonly root: string;
  readonly report: EvaluationReport;
}
