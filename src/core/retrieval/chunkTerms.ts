import type { SegmentFile } from '../indexing/segment.ts';
import { wordOf } from '../text/lexer.ts';
import type { LexicalWeights } from './lexicalWeights.ts';
import { outlineOf, type Definition } from './outline.ts';
import type { SegmentWords } from './segmentWords.ts';
import type { TermCounter } from './termCounter.ts';

/** Counts what each chunk of one file is about. Chunks must be asked for in order, each once. */
export class ChunkTerms {
  readonly #tokens: Uint32Array;
  readonly #words: SegmentWords;
  readonly #file: SegmentFile;
  readonly #weights: LexicalWeights;
  readonly #definitions: readonly Definition[];
  readonly #scopes: readonly (Definition | undefined)[];
  #nextDefinition = 0;

  constructor(tokens: Uint32Array, words: SegmentWords, file: SegmentFile, weights: LexicalWeights) {
    this.#tokens = tokens;
    this.#words = words;
    this.#file = file;
    this.#weights = weights;
    const outline = outlineOf(tokens, words.roles, file);
    this.#definitions = outline.definitions;
    this.#scopes = outline.scopes;
  }

  /** Counts the terms of a chunk's body, names and scope, and returns the names it defines. */
  count(ordinal: number, counter: TermCounter): ReadonlySet<string> {
    const chunk = this.#file.chunks[ordinal];
    if (chunk === undefined) return new Set();
    this.#add(chunk.tokenStart, chunk.tokenEnd, 1, counter);
    for (let scope = this.#scopes[ordinal]; scope !== undefined; scope = scope.parent) {
      this.#add(scope.nameStart, scope.nameEnd, this.#weights.scope, counter);
    }
    const names = new Set<string>();
    for (; ; this.#nextDefinition++) {
      const definition = this.#definitions[this.#nextDefinition];
      if (definition === undefined || definition.line >= chunk.tokenEnd) return names;
      this.#add(definition.line, definition.lineEnd, this.#weights.signature, counter);
      this.#add(definition.nameStart, definition.nameEnd, this.#weights.name, counter);
      if (definition.nameEnd - definition.nameStart === 1) names.add(this.#text(definition.nameStart));
    }
  }

  #add(start: number, end: number, times: number, counter: TermCounter): void {
    for (let at = start; at < end; at++) counter.add(this.#words.terms(wordOf(this.#tokens[at] ?? 0)), times);
  }

  #text(at: number): string {
    return this.#words.text(wordOf(this.#tokens[at] ?? 0));
  }
}
