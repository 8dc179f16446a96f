import { gapOf, wordOf } from '../text/lexer.ts';
import { Role, roleOf, type WordRole } from './wordRole.ts';

/** A file's token stream with the role of every word, up to `end` (exclusive). Reading past it gives line breaks. */
export class RoledCode {
  readonly end: number;
  readonly #tokens: Uint32Array;
  readonly #roles: Uint8Array;

  /** `roles[w]` is the role of word `w`, the line break's (word 0) included. */
  constructor(tokens: Uint32Array, roles: Uint8Array, end: number) {
    this.#tokens = tokens;
    this.#roles = roles;
    this.end = end;
  }

  word(at: number): number {
    return wordOf(this.#tokens[at] ?? 0);
  }

  role(at: number): WordRole {
    if (at >= this.end) return Role.LineBreak;
    return (this.#roles[wordOf(this.#tokens[at] ?? 0)] ?? Role.Other) as WordRole;
  }

  gap(at: number): number {
    return at < this.end ? gapOf(this.#tokens[at] ?? 0) : 0;
  }

  /** The index of the next line break after `at`, or `end`. */
  lineEnd(at: number): number {
    let next = at + 1;
    while (next < this.end && wordOf(this.#tokens[next] ?? 0) !== 0) next++;
    return next;
  }
}

const STEP_WORDS = 4096;

/** The role of each word id of a segment, given its words: see `wordRole.ts`. */
export function* rolesInSteps(words: readonly string[]): Generator<void, Uint8Array> {
  const roles = new Uint8Array(words.length + 1);
  roles[0] = roleOf('\n');
  for (const [at, text] of words.entries()) {
    if (at % STEP_WORDS === STEP_WORDS - 1) yield;
    roles[at + 1] = roleOf(text);
  }
  return roles;
}
