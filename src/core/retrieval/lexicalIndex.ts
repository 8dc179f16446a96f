import { runToCompletion, ExclusiveTask } from '../async/incremental.ts';
import type { Segment, SegmentFile } from '../indexing/segment.ts';
import type { ImageReader, ImageWriter } from '../memory/image.ts';
import { PackedVocabulary } from '../text/packedVocabulary.ts';
import { askedNames } from './askedNames.ts';
import { ChunkTerms, SketchBuilder } from './chunkTerms.ts';
import { DefinitionMatcher, type DefinitionMatch } from './definitionMatcher.ts';
import { DefinitionSketches, type DefinitionSketch } from './definitionSketches.ts';
import { describedKind } from './describedKind.ts';
import { DEFAULT_LEXICAL_WEIGHTS, type LexicalWeights } from './lexicalWeights.ts';
import { PostingLists } from './postingLists.ts';
import { isQuestion } from './queryKind.ts';
import { withoutFrame } from './questionFrame.ts';
import { definitionTerm, fileTerms, isDefinitionTerm, isPlainTerm, queryTerms } from './queryTerms.ts';
import { outlineIncrementally } from './outline.ts';
import { rolesIncrementally } from './wordRole.ts';
import { ScoreAccumulator, type QueryTerm } from './scoreAccumulator.ts';
import { SegmentWords } from './segmentWords.ts';
import { nameTokens, WHOLE, withoutAccents } from '../text/subTokens.ts';
import { Sweep } from './sweep.ts';
import { TermCounter } from '../text/termCounter.ts';
import type { TermLikeness } from '../lsa/termLikeness.ts';
import { TextTable } from './textTable.ts';

export interface ChunkHit {
  readonly path: string;
  readonly ordinal: number;
  /** Above 0; comparable within one result only. */
  readonly score: number;
}

export interface ChunkLines {
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
}

/** Terms of a file's path, and of its name alone. */
interface FileTerms {
  readonly pathTerms: readonly number[];
  readonly nameTerms: readonly number[];
}

/** Removed texts are swept out once they are this share of the live ones. */
const SWEEP_SHARE = 0.2;
/** Postings looked at for each file that is added or removed while a sweep runs. */
const SWEEP_BUDGET = 50_000;
/** Ids of removed texts given back in one step. */
const RECYCLE_STEP = 8192;
/** Tokens whose chunks are added in one step: well under a millisecond. */
const STEP_TOKENS = 2048;
const MAX_FREQUENCY = 255;
const NO_WORD = /[^\p{L}\p{N}\p{M}_$]+/u;

/**
 * An incremental BM25 index over the chunks of segments. Words count by their sub-tokens, and more where they name
 * something; a chunk also answers for its path, its file and the names it lies in. See `lexicalWeights.ts`.
 * A large file is added in steps, between which searches find those of its chunks that are in already; a change that
 * comes in between first ends what is under way.
 */
export class LexicalIndex {
  readonly #weights: LexicalWeights;
  readonly #sketches: DefinitionSketches;
  readonly #terms: PackedVocabulary;
  readonly #bodies: PostingLists;
  readonly #signatures: PostingLists;
  readonly #texts: TextTable;
  readonly #counter = new TermCounter();
  readonly #sketch = new SketchBuilder((term) => !this.#terms.startsWith(term, WHOLE));
  readonly #board: ScoreAccumulator;
  readonly #sweep: Sweep;
  readonly #segmentWords = new WeakMap<Segment, SegmentWords>();
  readonly #changes = new ExclusiveTask();

  /** Empty, or as it was when the image was made; then the weights must be those of then. */
  constructor(weights: LexicalWeights = DEFAULT_LEXICAL_WEIGHTS, image?: ImageReader) {
    this.#weights = weights;
    this.#sketches = new DefinitionSketches(image);
    this.#terms = new PackedVocabulary(image);
    this.#bodies = new PostingLists(image);
    this.#signatures = new PostingLists(image);
    this.#texts = new TextTable(image);
    this.#board = new ScoreAccumulator(this.#bodies, this.#signatures, this.#texts, weights);
    this.#sweep = new Sweep([this.#bodies, this.#signatures], (text) => this.#texts.fileOf(text) >= 0);
  }

  /** Sweeps, and packs and writes what there is then. Nothing may change until the image is written. */
  *saveIncrementally(image: ImageWriter): Generator<void> {
    this.#changes.finish();
    yield* this.#sweepOut();
    const inSketches = new Uint8Array(this.#terms.size);
    yield* this.#sketches.saveIncrementally(image, (term) => (inSketches[term] = 1));
    const isWanted = (term: number) =>
      inSketches[term] === 1 || this.#bodies.count(term) > 0 || this.#signatures.count(term) > 0;
    yield* this.#terms.saveIncrementally(image, isWanted);
    yield* this.#bodies.saveIncrementally(image, this.#terms.size);
    yield* this.#signatures.saveIncrementally(image, this.#terms.size);
    this.#texts.save(image);
  }

  /** Reads what of a restored index is not in memory yet. */
  *fetchIncrementally(): Generator<void> {
    yield* this.#bodies.fetchIncrementally();
    yield* this.#signatures.fetchIncrementally();
    yield* this.#sketches.fetchIncrementally();
  }

  /** Bytes of its tables, by what they are for. */
  get heldBytes(): Readonly<Record<'words' | 'postings' | 'definitions' | 'texts', number>> {
    return {
      words: this.#terms.heldBytes,
      postings: this.#bodies.byteLength + this.#signatures.byteLength,
      definitions: this.#sketches.heldBytes,
      texts: this.#texts.heldBytes,
    };
  }

  get chunkCount(): number {
    return this.#texts.chunks.count;
  }

  get fileCount(): number {
    return this.#texts.fileCount;
  }

  paths(): IterableIterator<string> {
    return this.#texts.paths();
  }

  /** Adds the chunks of one of the segment's files, in place of any the path had before. */
  addFile(segment: Segment, file: SegmentFile): void {
    runToCompletion(this.addFileIncrementally(segment, file));
  }

  /** The same in steps of a few chunks. The path's earlier chunks are there until the first chunk is added. */
  addFileIncrementally(segment: Segment, file: SegmentFile): Generator<void> {
    return this.#changes.run(this.#add(segment, file));
  }

  /** Forgets the file's chunks; a path that is not indexed is ignored. */
  removeFile(path: string): void {
    runToCompletion(this.removeFileIncrementally(path));
  }

  /** The same in steps, the first of which makes that the file is gone; what follows is cleaning. */
  removeFileIncrementally(path: string): Generator<void> {
    return this.#changes.run(this.#remove(path));
  }

  *#add(segment: Segment, file: SegmentFile): Generator<void> {
    const { tokens } = segment;
    const words = yield* this.#wordsOf(segment);
    const outline = yield* outlineIncrementally(tokens, words.roles, file);
    const chunkTerms = new ChunkTerms({ tokens, words, file, outline, weights: this.#weights });
    const pathTerms = this.#termsOf(file.path);
    const nameTerms = this.#termsOf(file.path.slice(file.path.lastIndexOf('/') + 1));
    this.#forget(file.path);
    const sketches: (readonly DefinitionSketch[])[] = [];
    let stepEnd = file.tokenStart + STEP_TOKENS;
    for (const [ordinal, chunk] of this.#texts.addFile(file).entries()) {
      const tokenStart = file.chunks[ordinal]?.tokenStart ?? 0;
      if (tokenStart >= stepEnd) {
        stepEnd = tokenStart + STEP_TOKENS;
        yield;
      }
      sketches.push(yield* this.#addChunk(chunkTerms, { pathTerms, nameTerms }, ordinal, chunk));
    }
    this.#sketches.set(file.path, sketches);
    yield* this.#clean();
  }

  *#remove(path: string): Generator<void> {
    this.#forget(path);
    yield;
    yield* this.#clean();
  }

  #forget(path: string): void {
    this.#sketches.delete(path);
    this.#sweep.mark(this.#texts.removeFile(path));
  }

  /** Goes on with the sweep, or begins one when it is time. */
  *#clean(): Generator<void> {
    const live = this.#texts.chunks.count + this.#texts.definitions.count;
    if (!this.#sweep.isRunning && this.#sweep.waitingCount > live * SWEEP_SHARE) {
      this.#sweep.start(this.#terms.size);
    }
    const clean = yield* this.#sweep.steps(SWEEP_BUDGET);
    for (let at = 0; at < clean.length; at += RECYCLE_STEP) {
      this.#texts.recycle(clean.slice(at, at + RECYCLE_STEP));
      yield;
    }
  }

  *#sweepOut(): Generator<void> {
    while (this.#sweep.isRunning || this.#sweep.waitingCount > 0) {
      if (!this.#sweep.isRunning) this.#sweep.start(this.#terms.size);
      this.#texts.recycle(yield* this.#sweep.steps(Infinity));
    }
  }

  /** The best `count` chunks, best first; equal ones by path, then ordinal. */
  search(query: string, count: number): readonly ChunkHit[] {
    const { phrase, question } = this.#weights;
    return this.#board
      .best(this.#known(queryTerms(query)), count, isQuestion(query) ? question : phrase)
      .map(({ id, score }) => ({ path: this.#texts.pathOf(id), ordinal: this.#texts.ordinalOf(id), score }))
      .sort((a, b) => b.score - a.score || compare(a.path, b.path) || a.ordinal - b.ordinal);
  }

  /**
   * Compares the definitions of chunks with the query. `likenessTo` says how like the query a term is; without it no
   * definition is like it.
   */
  definitionMatches(
    query: string,
    likenessTo?: TermLikeness,
  ): (chunk: { readonly path: string; readonly ordinal: number }) => DefinitionMatch {
    const plain = [...queryTerms(query)].filter(([term]) => isPlainTerm(term) && !term.startsWith(WHOLE));
    const wanted = {
      known: this.#board.telling(this.#known(new Map(plain))).map(([term]) => term),
      unknown: plain.map(([term]) => term).filter((term) => this.#terms.find(term) === undefined),
    };
    const knowledge = {
      textOf: (term: number) => this.#terms.textOf(term),
      rarity: (term: number) => this.#board.rarity(term),
    };
    const matcher = new DefinitionMatcher(wanted, knowledge, {
      likenessTo,
      kindFit: describedKind(withoutFrame(query.trim())),
      asked: askedNames(query),
    });
    return ({ path, ordinal }) => matcher.match(this.#sketches.of(path, ordinal));
  }

  /** Whether a definition or a file has this name; capitals do not matter. */
  definesName(name: string): boolean {
    return this.#has(definitionTerm(name));
  }

  /** Whether any text has this name of several parts as it is; capitals do not matter. */
  hasName(name: string): boolean {
    return this.#has(WHOLE + withoutAccents(name).toLowerCase());
  }

  #has(text: string): boolean {
    const term = this.#terms.find(text);
    return term !== undefined && this.#bodies.count(term) > 0;
  }

  /** The lines of a live chunk. */
  chunk(path: string, ordinal: number): ChunkLines | undefined {
    const id = this.#texts.find(path, ordinal);
    return id === undefined ? undefined : this.#texts.linesOf(id);
  }

  *#addChunk(
    chunkTerms: ChunkTerms,
    { pathTerms, nameTerms }: FileTerms,
    ordinal: number,
    chunk: number,
  ): Generator<void, readonly DefinitionSketch[]> {
    const definitions = chunkTerms.definitions(ordinal);
    const marks = new Set(definitions.map((definition) => definitionTerm(chunkTerms.nameOf(definition))));
    if (ordinal === 0) for (const mark of fileTerms(chunkTerms.path)) marks.add(mark);
    yield* chunkTerms.countChunkIncrementally(ordinal, definitions, this.#counter);
    this.#counter.add(pathTerms, this.#weights.path);
    this.#texts.setChunkLength(chunk, this.#counter.total);
    this.#drainInto(this.#bodies, chunk);
    for (const mark of marks) this.#bodies.append(this.#terms.intern(mark), posting(chunk, 1));
    return definitions.map((definition, at) => {
      chunkTerms.countDefinition(definition, this.#counter);
      this.#counter.add(pathTerms, this.#weights.path);
      this.#drainInto(this.#signatures, this.#texts.addDefinition(chunk, this.#counter.total));
      return chunkTerms.sketch(
        definition,
        definitions[at + 1] ?? chunkTerms.upcoming,
        nameTerms,
        this.#sketch,
      );
    });
  }

  #termsOf(path: string): readonly number[] {
    return path
      .split(NO_WORD)
      .flatMap(nameTokens)
      .map((term) => this.#terms.intern(term));
  }

  #drainInto(lists: PostingLists, text: number): void {
    this.#counter.drain((term, count) => {
      lists.append(term, posting(text, Math.min(count, MAX_FREQUENCY)));
    });
  }

  #known(terms: ReadonlyMap<string, number>): readonly QueryTerm[] {
    const known: QueryTerm[] = [];
    for (const [term, times] of terms) {
      const id = this.#terms.find(term);
      const weight = isDefinitionTerm(term) ? this.#weights.definition : times;
      if (id !== undefined && weight > 0) known.push([id, weight]);
    }
    return known;
  }

  *#wordsOf(segment: Segment): Generator<void, SegmentWords> {
    const known = this.#segmentWords.get(segment);
    if (known !== undefined) return known;
    const words = new SegmentWords(segment, yield* rolesIncrementally(segment.words), this.#terms);
    this.#segmentWords.set(segment, words);
    return words;
  }
}

function posting(text: number, frequency: number): number {
  return (text << 8) | frequency;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
