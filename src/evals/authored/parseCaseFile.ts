import type * as z from 'zod';
import {
  type CaseFile,
  caseFileSchema,
  type CaseKind,
  chatEntry,
  completionEntry,
  retrievalEntry,
} from './caseFileSchema.ts';
import { CaseFileText, type ValuePath } from './caseFileText.ts';
import type { CaseProblem } from './caseProblem.ts';

/** An entry of a file of cases and its place in the list of its kind. */
interface NumberedEntry<K extends CaseKind> {
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
  const problems = explainIssues(text, issues);
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

const KEYS = new Map<string, readonly string[]>(
  Object.entries({
    '': Object.keys(caseFileSchema.shape),
    chat: Object.keys(chatEntry.shape),
    retrieval: Object.keys(retrievalEntry.shape),
    completion: Object.keys(completionEntry.shape),
  }),
);

const WANTED = new Map(
  Object.entries({
    array: 'a list, one `- ` a line',
    object: 'keys with values',
    string: 'text',
    boolean: 'true or false',
  }),
);

/** Problems that are told one by one: more than anybody reads before they mend the first. */
const MAX_PROBLEMS = 200;

function explainIssues(text: CaseFileText, issues: readonly z.core.$ZodIssue[]): readonly CaseProblem[] {
  const problems: CaseProblem[] = [];
  for (const issue of issues) {
    for (const problem of explainIssue(text, issue)) {
      if (problems.length === MAX_PROBLEMS) {
        return [
          ...problems,
          text.problemAt([], `There is more wrong than the first ${MAX_PROBLEMS} problems.`),
        ];
      }
      problems.push(problem);
    }
  }
  return problems;
}

/** What the schema finds wrong, in the words of somebody who has never seen the schema. */
function explainIssue(text: CaseFileText, issue: z.core.$ZodIssue): readonly CaseProblem[] {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
  const name = path.findLast((part) => typeof part === 'string') ?? 'This file';
  const at = (message: string): readonly CaseProblem[] => [text.problemAt(path, message)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, MAX_PROBLEMS + 1)
        .map((key) => text.problemAtKey(path, key, unknownKey(key, path)));
    case 'invalid_type':
      return issue.input === undefined && path.length > 0 && isMissing(text.value, path)
        ? at(`\`${String(path.at(-1))}\` is missing. Add it.`)
        : at(`\`${name}\` has to be ${WANTED.get(issue.expected) ?? issue.expected}.`);
    case 'too_small':
      return at(`\`${name}\` is empty. Write something, or remove it.`);
    case 'too_big':
      return at(`\`${name}\` is longer than ${String(issue.maximum)} characters. Shorten it.`);
    default:
      return at(issue.message);
  }
}

function unknownKey(key: string, [kind = '']: ValuePath): string {
  return `Unknown key \`${key}\`. Known here: ${(KEYS.get(String(kind)) ?? []).join(', ')}.`;
}

function isMissing(root: unknown, path: ValuePath): boolean {
  const found = path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    root,
  );
  return found === undefined;
}
