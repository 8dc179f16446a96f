import { subTokens, WHOLE } from '../../core/text/subTokens.ts';
import { stableHash } from '../sampling.ts';
import type { Workspace } from '../workspace.ts';

/** How people who do not quite know a name ask for it; `undefined` when that form would be unclear or no other. */
export type NameForm = (name: string, workspace: Workspace) => string | undefined;

const MIN_PART = 3;
const MIN_PARTS_LEFT = 2;
/** Shorter parts are too easily mistyped into other words. */
const MIN_MISTYPED = 5;

/** `round cents` for `roundCents`. */
export const asWords: NameForm = (name, workspace) => {
  const parts = nameParts(name);
  if (parts.some((part) => part.length < MIN_PART) || workspace.namesWith(name) !== 1) return undefined;
  return parts.join(' ').toLowerCase();
};

/** `QueryRunner` of `createQueryRunner`, where no other name has that part. */
export const inPart: NameForm = (name, workspace) => {
  const parts = nameParts(name);
  if (parts.length <= MIN_PARTS_LEFT || parts.some((part) => part.length < MIN_PART)) return undefined;
  const from = name.indexOf(parts[1] ?? '', parts[0]?.length);
  const to = name.lastIndexOf(parts.at(-1) ?? '');
  const cuts = [name.slice(from), name.slice(0, to).replace(/(?<!_)_+$/, '')];
  const first = stableHash(0, name) % cuts.length;
  const tried = [cuts[first], cuts[1 - first]];
  return tried.find((cut) => cut !== undefined && workspace.namesWith(cut) === 1);
};

/** `rounCdents`: two letters of one part swapped, or one left out or doubled. In no file is it spelt so. */
export const misspelt: NameForm = (name, workspace) => {
  const key = stableHash(0, name);
  const long = nameParts(name).filter((part) => part.length >= MIN_MISTYPED);
  const part = long[key % Math.max(1, long.length)];
  if (part === undefined || workspace.namesWith(name) !== 1) return undefined;
  // The first letter is the one that people get right.
  const at = 1 + ((key >>> 8) % (part.length - 2));
  const wrong = name.replace(part, mistype(part, at, (key >>> 16) % 3));
  return wrong !== name && workspace.lacks(wrong) ? wrong : undefined;
};

function mistype(part: string, at: number, how: number): string {
  const [before, letter, next, after] = [
    part.slice(0, at),
    part.charAt(at),
    part.charAt(at + 1),
    part.slice(at + 2),
  ];
  if (how === 0 && letter !== next) return before + next + letter + after;
  return how === 1 ? before + next + after : before + letter + letter + next + after;
}

const PARTS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;

/** The parts of a name as written: `parse`, `HTTP`, `Header` for `parseHTTPHeader`. */
export function nameParts(name: string): readonly string[] {
  return name.match(PARTS) ?? [];
}

/** Whether a name has several parts that are searched for: other names are words that stand everywhere. */
export function isTelling(name: string): boolean {
  return subTokens(name).some((term) => term.startsWith(WHOLE));
}

/** Whether a text has the name, or spells it out in words. */
export function spellsOut(text: string, name: string): boolean {
  return squeezed(text).includes(squeezed(name));
}

/** Letters and digits only. */
function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
