import type * as z from 'zod';
import type { CaseFileText, ValuePath } from './caseFileText.ts';
import { caseFileSchema, chatEntry, completionEntry, retrievalEntry } from './caseFileSchema.ts';
import type { CaseProblem } from './caseProblem.ts';

const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(caseFileSchema.shape),
  chat: Object.keys(chatEntry.shape),
  retrieval: Object.keys(retrievalEntry.shape),
  completion: Object.keys(completionEntry.shape),
};

const WANTED: Readonly<Record<string, string>> = {
  array: 'a list, one `- ` a line',
  object: 'keys with values',
  string: 'text',
  boolean: 'true or false',
};

/** What the schema finds wrong, in the words of somebody who has never seen the schema. */
export function explainIssue(text: CaseFileText, issue: z.core.$ZodIssue): readonly CaseProblem[] {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
  const name = path.findLast((part) => typeof part === 'string') ?? 'This file';
  const at = (message: string): readonly CaseProblem[] => [text.problemAt(path, message)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => text.problemAtKey(path, key, unknownKey(key, path)));
    case 'invalid_type':
      return issue.input === undefined && path.length > 0 && isMissing(text.value, path)
        ? at(`\`${String(path.at(-1))}\` is missing. Add it.`)
        : at(`\`${name}\` has to be ${WANTED[issue.expected] ?? issue.expected}.`);
    case 'too_small':
      return at(`\`${name}\` is empty. Write something, or remove it.`);
    case 'too_big':
      return at(`\`${name}\` is longer than ${String(issue.maximum)} characters. Shorten it.`);
    default:
      return at(issue.message);
  }
}

function unknownKey(key: string, [kind = '']: ValuePath): string {
  return `Unknown key \`${key}\`. Known here: ${(KEYS[kind] ?? []).join(', ')}.`;
}

function isMissing(root: unknown, path: ValuePath): boolean {
  const found = path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    root,
  );
  return found === undefined;
}
