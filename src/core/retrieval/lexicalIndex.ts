import type { Segment, SegmentFile } from '../indexing/segment.ts';
import { Vocabulary } from '../text/vocabulary.ts';
import { ChunkTable } from './chunkTable.ts';
import { ChunkTerms } from './chunkTerms.ts';
import { DEFAULT_LEXICAL_WEIGHTS, type LexicalWeights } from './lexicalWeights.ts';
import { PostingLists } from './postingLists.ts';
import { definitionTerm, fileNameTerm, isPlainTerm, queryTerms } from './queryTerms.ts';
import { ScoreBoard, type WeightedTerm } from './scoreBoard.ts';
import { SegmentWords } from './segmentWords.ts';
import { subTokens } from './subTokens.ts';
import { Sweep } from './sweep.ts';
import { TermCounter } from './termCounter.ts';

export interface ChunkHit {
  readonly path: string;
  readonly ordinal: number;
  /** BM25; comparable within one result only. */
  readonly score: number;
}

export interface ChunkLines {
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
}

/** Dead chunks are swept out once they are this share of the live ones. */
const SWEEP_SHARE = 0.2;
/** Postings looked at for each file that is added or removed while a sweep runs: about half a millisecond. */
const SWEEP_STEP = 100_000;
const MAX_FREQUENCY = 255;
/** Of a very long query, the rarest terms decide. */
const MAX_TERMS = 64;
const NO_WORD = /[^\p{L}\p{N}\p{M}_$]+/u;

/**
 * An incremental BM25 index over the chunks of segments. Words count by their sub-tokens, and more where they name
 * something; a chunk also answers for the names it lies in and for its path. See `lexicalWeights.ts`.
 */
export class LexicalIndex {
  readonly #weights: LexicalWeights;
  readonly #terms = new Vocabulary();
  readonly #postings = new PostingLists();
  readonly #chunks = new ChunkTable();
  readonly #counter = new TermCounter();
  readonly #board: ScoreBoard;
  readonly #sweep: Sweep;
  readonly #segmentWords = new WeakMap<Segment, SegmentWords>();

  constructor(weights: LexicalWeights = DEFAULT_LEXICAL_WEIGHTS) {
    this.#weights = weights;
    this.#board = new ScoreBoard(this.#postings, this.#chunks, weights);
    this.#sweep = new Sweep(this.#postings, (chunk) => this.#chunks.isLive(chunk));
  }

  get chunkCount(): number {
    return this.#chunks.liveCount;
  }

  get fileCount(): number {
    return this.#chunks.fileCount;
  }

  paths(): IterableIterator<string> {
    return this.#chunks.paths();
  }

  /** Adds the chunks of one of the segment's files, in place of any the path had before. */
  addFile(segment: Segment, file: SegmentFile): void {
    this.removeFile(file.path);
    const chunkTerms = new ChunkTerms(segment.tokens, this.#wordsOf(segment), file, this.#weights);
    const pathTerms = this.#intern(file.path.split(NO_WORD).flatMap(subTokens));
    for (const [ordinal, id] of this.#chunks.add(file).entries()) {
      for (const name of chunkTerms.count(ordinal, this.#counter)) this.#mark(definitionTerm(name), id);
      if (ordinal === 0) this.#mark(fileNameTerm(file.path), id);
      this.#counter.add(pathTerms, this.#weights.path);
      const length = this.#counter.drain((term, count) => {
        this.#postings.append(term, (id << 8) | Math.min(count, MAX_FREQUENCY));
      });
      this.#chunks.setLength(id, length);
    }
  }

  /** Forgets the file's chunks; a path that is not indexed is ignored. */
  removeFile(path: string): void {
    this.#sweep.mark(this.#chunks.remove(path));
    if (!this.#sweep.isRunning && this.#sweep.waitingCount > this.#chunks.liveCount * SWEEP_SHARE) {
      this.#sweep.start(this.#terms.size);
    }
    this.#chunks.recycle(this.#sweep.step(SWEEP_STEP));
  }

  /** The best `count` chunks, best first; equal ones by path, then ordinal. */
  search(query: string, count: number): readonly ChunkHit[] {
    return this.#board
      .best(this.#weigh(query), count)
      .map(({ id, score }) => ({ path: this.#chunks.pathOf(id), ordinal: this.#chunks.ordinalOf(id), score }))
      .sort((a, b) => b.score - a.score || compare(a.path, b.path) || a.ordinal - b.ordinal);
  }

  /** The lines of a live chunk. */
  chunk(path: string, ordinal: number): ChunkLines | undefined {
    const id = this.#chunks.find(path, ordinal);
    return id === undefined ? undefined : this.#chunks.linesOf(id);
  }

  #weigh(query: string): readonly WeightedTerm[] {
    const weighted: WeightedTerm[] = [];
    for (const [term, times] of queryTerms(query)) {
      const id = this.#terms.find(term);
      const found = id === undefined ? 0 : Math.min(this.#postings.count(id), this.#chunks.liveCount);
      if (id === undefined || found === 0) continue;
      const rarity = Math.log(1 + (this.#chunks.liveCount - found + 0.5) / (found + 0.5));
      const factor = isPlainTerm(term) ? times : this.#weights.definition;
      if (factor > 0) weighted.push({ id, weight: rarity * factor });
    }
    if (weighted.length <= MAX_TERMS) return weighted;
    return weighted.sort((a, b) => b.weight - a.weight).slice(0, MAX_TERMS);
  }

  /** Posts a term that is a yes or no about a chunk, and no part of its length. */
  #mark(term: string, chunk: number): void {
    this.#postings.append(this.#terms.intern(term), (chunk << 8) | 1);
  }

  #wordsOf(segment: Segment): SegmentWords {
    let words = this.#segmentWords.get(segment);
    if (words === undefined) {
      words = new SegmentWords(segment, this.#terms);
      this.#segmentWords.set(segment, words);
    }
    return words;
  }

  #intern(terms: readonly string[]): readonly number[] {
    return terms.map((term) => this.#terms.intern(term));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
