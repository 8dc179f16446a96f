import { lineWithSigns } from '../../core/text/unseen.ts';
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

/** A key may be as long as its file. */
const MAX_MESSAGE = 500;

/** A problem as a line of text, whatever it quotes, that editors and terminals link to its place. */
export function problemText(path: string, { line, startColumn, message }: CaseProblem): string {
  const told = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)} …` : message;
  return lineWithSigns(`${path}:${line}:${startColumn + 1}: ${told}`);
}

const MAX_TOLD = 5;

/** A suite's remark with what could not be read of the cases that people wrote. */
export function withProblems(remark: string | null, problems: readonly string[]): string | null {
  if (problems.length === 0) return remark;
  const more = problems.length > MAX_TOLD ? ` And ${problems.length - MAX_TOLD} more.` : '';
  const told = `Some written cases were left out. ${problems.slice(0, MAX_TOLD).join(' ')}${more}`;
  return remark === null ? told : `${remark} ${told}`;
}
