import type { Words } from '../text/words.ts';

/** Parts of names shorter than this are too common to carry a renaming. */
const MIN_PART = 3;

/**
 * What the names of a similar place are called at the cursor: whole names, and the parts in which pairs of names
 * differ (`setFileHash` beside `setContextHash` renames `File` and `file` to `Context` and `context`).
 */
export class Renaming {
  readonly #vocabulary: Words;
  readonly #words = new Map<number, number>();
  readonly #parts = new Map<string, string>();

  constructor(vocabulary: Words) {
    this.#vocabulary = vocabulary;
  }

  get isEmpty(): boolean {
    return this.#words.size === 0 && this.#parts.size === 0;
  }

  /** Notes that `theirs` stands where `ours` does. */
  addPair(theirs: number, ours: number): void {
    if (!this.#words.has(theirs)) this.#words.set(theirs, ours);
    this.addTexts(this.#vocabulary.textOf(theirs), this.#vocabulary.textOf(ours));
  }

  /** Notes the differing part of two names in all its spellings. */
  addTexts(theirs: string, ours: string): void {
    const [from, to] = differingParts(theirs, ours);
    if (from.length < MIN_PART || to.length < 2) return;
    for (const spell of SPELLINGS) if (!this.#parts.has(spell(from))) this.#parts.set(spell(from), spell(to));
  }

  /** Notes that a name means the same in both places. */
  keep(word: number): void {
    this.#words.set(word, word);
  }

  /** The name at the cursor for `word` of the similar place; `word` itself when nothing says otherwise. */
  apply(word: number): number {
    const whole = this.#words.get(word);
    if (whole !== undefined) return whole;
    const text = this.#vocabulary.textOf(word);
    if (text.length < MIN_PART) return word;
    for (const [from, to] of this.#parts) {
      const at = text.indexOf(from);
      if (at >= 0 && isPart(text, at, from)) {
        return this.#vocabulary.intern(text.slice(0, at) + to + text.slice(at + from.length));
      }
    }
    return word;
  }
}

const SPELLINGS: readonly ((part: string) => string)[] = [
  (part) => part,
  (part) => part.charAt(0).toUpperCase() + part.slice(1),
  (part) => part.charAt(0).toLowerCase() + part.slice(1),
];

/** The two names without what they begin and end with alike, cut where parts of names begin. */
function differingParts(a: string, b: string): readonly [string, string] {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  while (start > 0 && !(beginsPart(a, start) && beginsPart(b, start))) start--;
  let end = 0;
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  while (end > 0 && !(beginsPart(a, a.length - end) && beginsPart(b, b.length - end))) end--;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

function isPart(text: string, at: number, part: string): boolean {
  return beginsPart(text, at) && beginsPart(text, at + part.length);
}

/** Whether a part of a name begins at `at`: camel case, snake case or the name's own beginning or end. */
function beginsPart(name: string, at: number): boolean {
  if (at === 0 || at >= name.length) return true;
  const before = name.charAt(at - 1);
  const first = name.charAt(at);
  return before === '_' || before === '$' || first === '_' || (isUpper(first) && !isUpper(before));
}

function isUpper(character: string): boolean {
  return character >= 'A' && character <= 'Z';
}
