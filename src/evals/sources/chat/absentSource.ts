import { stem } from '../../../core/text/subTokens.ts';
import type { ChatCase } from '../../evalCase.ts';
import type { CaseSource, Workspace } from '../../workspace.ts';
import type { SourceFile } from '../../sourceFile.ts';
import { stableHash } from '../../sampling.ts';
import { nameParts } from '../docCommentSource.ts';
import { chatCase, whatQuestion } from './chatCase.ts';

const ID = 'chat-absent';
const PART = /^\p{L}{3,}$/u;
const MAX_PARTS = 4;
/** Names of a file that are combined: enough for a choice, and few enough to try every pair. */
const MAX_NAMES = 12;

/**
 * Asks about something that is not there: a name made from the beginning of one name of a file and the end of
 * another, in no file of the workspace in any spelling. One for each file.
 */
export function createAbsentSource(seed: number): CaseSource<ChatCase> {
  return {
    id: ID,
    label: 'Not there at all',
    casesIn: (file, workspace) => {
      if (file.isTest || !file.language) return [];
      const name = absentName(file, workspace, seed);
      if (name === undefined) return [];
      return [chatCase(file, { source: ID, name, question: askAbout(name, seed), gold: [] })];
    },
  };
}

function askAbout(name: string, seed: number): string {
  switch (stableHash(seed, name) % 3) {
    case 0:
      return `Where is \`${name}\` defined?`;
    case 1:
      return whatQuestion(name);
    default:
      return `Which functions call \`${name}\`?`;
  }
}

function absentName(file: SourceFile, workspace: Workspace, seed: number): string | undefined {
  const byKey = (values: Iterable<string>): string[] =>
    [...new Set(values)].sort((a, b) => stableHash(seed, a) - stableHash(seed, b) || (a < b ? -1 : 1));
  const names = byKey(file.definitions.map(({ name }) => name).filter(isOfWords)).slice(0, MAX_NAMES);
  const combined = names.flatMap((head) => names.flatMap((tail) => combine(head, tail) ?? []));
  return byKey(combined).find((name) => workspace.lacks(name));
}

function isOfWords(name: string): boolean {
  const parts = nameParts(name);
  return parts.length > 1 && parts.length <= MAX_PARTS && parts.every((part) => PART.test(part));
}

/** `createQueryMetadata` from `createQueryRunner` and `findColumnMetadata`, spelt like the first. */
function combine(head: string, tail: string): string | undefined {
  const from = nameParts(head);
  const last = from.at(-1) ?? '';
  const end = nameParts(tail).at(-1) ?? '';
  if (head === tail || from.some((part) => isAlike(part, end))) return undefined;
  return (
    head.slice(0, head.lastIndexOf(last)) +
    spelledLike(last, end) +
    head.slice(head.lastIndexOf(last) + last.length)
  );
}

/** Also singular and plural: nobody would call anything by both. */
function isAlike(one: string, other: string): boolean {
  return stem(one.toLowerCase()) === stem(other.toLowerCase());
}

function spelledLike(model: string, word: string): string {
  if (model === model.toUpperCase()) return word.toUpperCase();
  const isCapital = model.charAt(0) === model.charAt(0).toUpperCase();
  return (
    (isCapital ? word.charAt(0).toUpperCase() : word.charAt(0).toLowerCase()) + word.slice(1).toLowerCase()
  );
}
