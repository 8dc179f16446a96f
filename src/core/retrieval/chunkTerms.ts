import type { SegmentFile } from '../indexing/segment.ts';
import { LINE_BREAK, wordOf } from '../text/lexer.ts';
import type { TermCounter } from '../text/termCounter.ts';
import { definitionKind, type DefinitionKind } from './definitionKind.ts';
import { type DefinitionSketch, MAX_SKETCH } from './definitionSketches.ts';
import type { LexicalWeights } from './lexicalWeights.ts';
import { type Definition, isProse, type Outline } from './outline.ts';
import type { SegmentWords } from './segmentWords.ts';

/** Occurrences of a definition's name in its sketch, and lines of its body that are read for it. */
const SKETCHED_NAME = 4;
const SKETCHED_LINES = 8;
/** Tokens on either side of a name that tell its kind. */
const KIND_TOKENS = 40;
/** Only a chunk of one very long line is longer. */
const STEP_TOKENS = 4096;

interface ChunkTermsParts {
  /** Of the whole segment. */
  readonly tokens: Uint32Array;
  readonly words: SegmentWords;
  readonly file: SegmentFile;
  readonly outline: Outline;
  readonly weights: LexicalWeights;
}

/** Counts what the chunks and the definitions of one file are about. */
export class ChunkTerms {
  readonly #tokens: Uint32Array;
  readonly #words: SegmentWords;
  readonly #file: SegmentFile;
  readonly #weights: LexicalWeights;
  readonly #definitions: readonly Definition[];
  readonly #scopes: readonly (Definition | undefined)[];
  #nextDefinition = 0;

  constructor({ tokens, words, file, outline, weights }: ChunkTermsParts) {
    this.#tokens = tokens;
    this.#words = words;
    this.#file = file;
    this.#weights = weights;
    this.#definitions = outline.definitions;
    this.#scopes = outline.scopes;
  }

  get path(): string {
    return this.#file.path;
  }

  /** The definitions that begin in a chunk. Chunks must be asked for in order, each once. */
  definitions(ordinal: number): readonly Definition[] {
    const end = this.#file.chunks[ordinal]?.tokenEnd ?? 0;
    const first = this.#nextDefinition;
    while ((this.#definitions[this.#nextDefinition]?.line ?? Infinity) < end) this.#nextDefinition++;
    return this.#definitions.slice(first, this.#nextDefinition);
  }

  /** Counts the terms of a chunk: its body, where it lies, and once more what it defines. In steps of its body. */
  *countChunkIncrementally(
    ordinal: number,
    definitions: readonly Definition[],
    counter: TermCounter,
  ): Generator<void> {
    const chunk = this.#file.chunks[ordinal];
    if (chunk === undefined) return;
    for (let at = chunk.tokenStart; at < chunk.tokenEnd; at += STEP_TOKENS) {
      if (at > chunk.tokenStart) yield;
      this.#add(at, Math.min(at + STEP_TOKENS, chunk.tokenEnd), this.#weights.body, counter);
    }
    this.#countScope(this.#scopes[ordinal], counter);
    const { name, member } = this.#weights;
    for (const each of definitions) this.#countName(each, counter, each.isMember ? member : name);
  }

  /** Counts the terms of a definition as a text of its own. */
  countDefinition(definition: Definition, counter: TermCounter): void {
    this.#add(definition.textStart, definition.textEnd, 1, counter);
    this.#countScope(definition.parent, counter);
    this.#countName(definition, counter);
  }

  /** The first definition that begins after the chunks asked for so far. */
  get upcoming(): Definition | undefined {
    return this.#definitions[this.#nextDefinition];
  }

  /**
   * Sketches what a definition is about, most telling first: its name, where it stands and how it begins, up to the
   * `next` definition.
   */
  sketch(
    definition: Definition,
    next: Definition | undefined,
    fileNameTerms: readonly number[],
    sketch: SketchBuilder,
  ): DefinitionSketch {
    const end = next?.textStart ?? this.#file.tokenEnd;
    const add = (start: number, stop: number, times: number): void => {
      for (let at = start; at < stop; at++)
        sketch.add(this.#words.terms(wordOf(this.#tokens[at] ?? 0)), times);
    };
    for (let at = definition.nameStart; at < definition.nameEnd; at++)
      sketch.add(this.#words.nameTerms(wordOf(this.#tokens[at] ?? 0)), SKETCHED_NAME);
    const nameLength = sketch.length;
    sketch.add(fileNameTerms, 1);
    for (let scope = definition.parent; scope !== undefined; scope = scope.parent) {
      add(scope.nameStart, scope.nameEnd, 1);
    }
    add(definition.textStart, Math.max(definition.textEnd, this.#linesOn(definition.line, end)), 1);
    return sketch.build(nameLength, this.#kindOf(definition));
  }

  /** The end of the first lines of a definition, at most `end`. */
  #linesOn(line: number, end: number): number {
    let at = line;
    for (let lines = 0; lines < SKETCHED_LINES && at < end; lines++) {
      do at++;
      while (at < end && wordOf(this.#tokens[at] ?? 0) !== LINE_BREAK);
    }
    return at;
  }

  /** The name a definition gives; of a heading, all its words. */
  nameOf({ nameStart, nameEnd }: Definition): string {
    const words = this.#tokens.subarray(nameStart, nameEnd);
    return Array.from(words, (token) => this.#words.text(wordOf(token))).join(isProse(this.path) ? ' ' : '');
  }

  #kindOf({ line, lineEnd, nameStart, nameEnd }: Definition): DefinitionKind {
    const texts = (start: number, end: number) =>
      Array.from(this.#tokens.subarray(start, end), (token) => this.#words.text(wordOf(token)));
    const name = texts(nameStart, nameEnd).join(' ');
    return definitionKind(
      texts(Math.max(line + 1, nameStart - KIND_TOKENS), nameStart),
      name,
      texts(nameEnd, Math.min(lineEnd, nameEnd + KIND_TOKENS)),
    );
  }

  #countName({ nameStart, nameEnd }: Definition, counter: TermCounter, times = this.#weights.name): void {
    for (let at = nameStart; at < nameEnd; at++)
      counter.add(this.#words.nameTerms(wordOf(this.#tokens[at] ?? 0)), times);
  }

  #countScope(innermost: Definition | undefined, counter: TermCounter): void {
    for (let scope = innermost; scope !== undefined; scope = scope.parent) {
      this.#add(scope.nameStart, scope.nameEnd, this.#weights.scope, counter);
    }
  }

  #add(start: number, end: number, times: number, counter: TermCounter): void {
    for (let at = start; at < end; at++) counter.add(this.#words.terms(wordOf(this.#tokens[at] ?? 0)), times);
  }
}

const MAX_FREQUENCY = 255;

/** Collects the terms of one definition after the other. */
export class SketchBuilder {
  readonly #isPart: (term: number) => boolean;
  readonly #counts = new Map<number, number>();

  /** Only terms that are a part of a word by itself (`isPart`) are kept: whole identifiers are found by words. */
  constructor(isPart: (term: number) => boolean) {
    this.#isPart = isPart;
  }

  /** Adds terms, the first added being kept first. */
  add(terms: readonly number[], times: number): void {
    for (const term of terms) {
      const before = this.#counts.get(term);
      if (before !== undefined) this.#counts.set(term, Math.min(MAX_FREQUENCY, before + times));
      else if (this.#counts.size < MAX_SKETCH && this.#isPart(term))
        this.#counts.set(term, Math.min(MAX_FREQUENCY, times));
    }
  }

  /** Terms so far. */
  get length(): number {
    return this.#counts.size;
  }

  /** The definition whose name the first `nameLength` terms are; begins a new one. */
  build(nameLength: number, kind: DefinitionKind): DefinitionSketch {
    const terms = Uint32Array.from(this.#counts, ([term, count]) => (term << 8) | count);
    this.#counts.clear();
    return { terms, nameLength, kind };
  }
}
