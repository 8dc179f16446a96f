import type * as z from 'zod';
import { CaseFileText } from './caseFileText.ts';
import { caseFileSchema, type CaseFile, type CaseKind } from './caseFileSchema.ts';
import type { CaseProblem } from './caseProblem.ts';
import { explainIssue } from './explainIssue.ts';

/** An entry of a file of cases and its place in the list of its kind. */
export interface NumberedEntry<K extends CaseKind> {
  readonly index: number;
  readonly entry: CaseFile[K][number];
}

export interface ParsedCaseFile {
  readonly text: CaseFileText;
  readonly tags: readonly string[];
  /** The entries that are in order; the others are among the problems. */
  readonly chat: readonly NumberedEntry<'chat'>[];
  readonly retrieval: readonly NumberedEntry<'retrieval'>[];
  readonly completion: readonly NumberedEntry<'completion'>[];
  readonly problems: readonly CaseProblem[];
}

/** Reads what a file of cases says, without looking at what it refers to. Never throws. */
export function parseCaseFile(source: string): ParsedCaseFile {
  const text = new CaseFileText(source);
  const nothing = { text, tags: [], chat: [], retrieval: [], completion: [] };
  if (text.problems.length > 0) return { ...nothing, problems: text.problems };
  // An empty file is one that somebody has just made.
  const value = text.value ?? {};
  const result = caseFileSchema.safeParse(value);
  const issues = result.success ? [] : result.error.issues;
  const problems = issues.flatMap((issue) => explainIssue(text, issue));
  if (typeof value !== 'object') return { ...nothing, problems };
  return {
    text,
    tags: fit(caseFileSchema.shape.tags, Reflect.get(value, 'tags')) ?? [],
    chat: entries('chat', value),
    retrieval: entries('retrieval', value),
    completion: entries('completion', value),
    problems,
  };
}

function entries<K extends CaseKind>(kind: K, value: object): readonly NumberedEntry<K>[] {
  const list: unknown = Reflect.get(value, kind);
  if (!Array.isArray(list)) return [];
  const schema = caseFileSchema.shape[kind].unwrap().element as z.ZodType<CaseFile[K][number]>;
  return list.flatMap((each: unknown, index) => {
    const entry = fit(schema, each);
    return entry === undefined ? [] : [{ index, entry }];
  });
}

function fit<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const result = schema.safeParse(value);
  return result.success ? result.data : undefined;
}
