import type { CaseKind } from './caseFileSchema.ts';

/** What is wrong in a file of cases, where, and what to do about it. */
export interface CaseProblem {
  /** The kind of case it keeps from being asked; `undefined` when it may be any. */
  readonly kind: CaseKind | undefined;
  /** 1-based. */
  readonly line: number;
  /** 0-based UTF-16 columns of that line; the end is exclusive. */
  readonly startColumn: number;
  readonly endColumn: number;
  readonly message: string;
}

/** A problem as a line of text that editors and terminals link to its place. */
export function problemText(path: string, { line, startColumn, message }: CaseProblem): string {
  return `${path}:${line}:${startColumn + 1}: ${message}`;
}
