import { greatest } from '../shared/greatest.ts';
import { Bm25 } from './bm25.ts';
import { ChunkScores } from './chunkScores.ts';
import { FileScores } from './fileScores.ts';
import type { LexicalWeights, ScoreShares } from './lexicalWeights.ts';
import { OpenFiles } from './openFiles.ts';
import type { PostingLists } from './postingLists.ts';
import { BEST, CELL_BITS, CHUNK, LENGTH, OWNER, SCORE, SCORE_BITS } from './textCells.ts';
import type { TextTable } from './textTable.ts';

/** A term id and how often the query has it. */
export type QueryTerm = readonly [id: number, times: number];

/** Of a very long query, the rarest terms decide. */
const MAX_TERMS = 64;
/** Terms with less than this share of the rarest term's weight cost the most and decide hardly anything. */
const COMMON = 0.06;

/** A term of the query with what it counts, and what the terms from this one on can add to a chunk at most. */
interface PlannedTerm {
  readonly term: number;
  readonly body: number;
  readonly signature: number;
  readonly postings: number;
  readonly rest: number;
}

/** By so much may sums of the same numbers differ that are added up in another order. */
const ROUNDING = 1 + 1e-9;

/**
 * Ranks chunks by three scores on the one scale: the chunk's own, a share of its file's taken as one text, and a
 * share of the best among its definitions.
 *
 * Rare terms come first. Once the terms that are left cannot lift any chunk of a file among the best, the file is closed
 * and its postings are passed over: MaxScore (Turtle and Flood, "Query Evaluation: Strategies and Optimizations",
 * 1995) by file and term by term. What is found and how it scores is the same as without.
 */
export class ScoreAccumulator {
  readonly #bodies: Bm25;
  readonly #signatures: Bm25;
  readonly #files: FileScores;
  readonly #chunks: ChunkScores;
  readonly #definitions: DefinitionScores;
  readonly #open: OpenFiles;

  constructor(bodies: PostingLists, signatures: PostingLists, texts: TextTable, weights: LexicalWeights) {
    this.#files = new FileScores(texts, weights);
    this.#bodies = new Bm25(bodies, texts.chunks, weights);
    this.#signatures = new Bm25(signatures, texts.definitions, { k1: weights.k1Definition, b: weights.b });
    this.#chunks = new ChunkScores(texts, this.#bodies, this.#files);
    this.#definitions = new DefinitionScores(texts, this.#signatures, this.#files);
    this.#open = new OpenFiles(texts);
  }

  /** How rare a term is among chunks: its inverse document frequency. */
  rarity(term: number): number {
    return this.#bodies.rarity(term);
  }

  /** Chunk ids, best first. */
  best(
    terms: readonly QueryTerm[],
    count: number,
    shares: ScoreShares,
  ): readonly { readonly id: number; readonly score: number }[] {
    this.#begin();
    const plan = this.#plan(terms, shares);
    // The last of the best cannot have more by now.
    let most = plan[0]?.rest ?? 0;
    for (const { term, body, signature, postings, rest } of plan) {
      const seen = this.#chunks.count + this.#definitions.count;
      if (3 * rest < most && 2 * postings > seen) most = this.#closeFiles(count, shares, rest) + rest;
      this.#definitions.addTerm(term, signature, this.#open);
      this.#chunks.addTerm(term, body, this.#open);
    }
    const hits = this.#chunks.top(count, shares, this.#open).entries();
    this.#chunks.end();
    this.#definitions.end();
    return hits;
  }

  #begin(): void {
    this.#files.clear();
    this.#chunks.begin();
    this.#definitions.begin();
    this.#open.openAll();
  }

  #plan(terms: readonly QueryTerm[], shares: ScoreShares): readonly PlannedTerm[] {
    const plan: PlannedTerm[] = [];
    let rest = 0;
    for (const [term, times] of this.telling(terms).toReversed()) {
      const body = times * this.#bodies.rarity(term);
      const signature = times * this.#signatures.rarity(term);
      const postings = this.#bodies.count(term) + this.#signatures.count(term);
      rest +=
        (1 + shares.file) * this.#bodies.most(body) + shares.signatures * this.#signatures.most(signature);
      plan.push({ term, body, signature, postings, rest });
    }
    return plan.reverse();
  }

  /**
   * Closes the files none of whose chunks can get among the `count` best when no chunk gets more than `rest` any more.
   * Returns the score of the last of the best so far.
   */
  #closeFiles(count: number, shares: ScoreShares, rest: number): number {
    const { least } = this.#chunks.top(count, shares, this.#open);
    if (rest * ROUNDING >= least) return least;
    const needed = least / ROUNDING - rest;
    this.#chunks.choose(needed, this.#open);
    this.#definitions.choose(needed, shares, this.#open);
    this.#open.closeOthers();
    return least;
  }

  /** The terms worth following: not the ones in half of all chunks beside others in a few. */
  telling(terms: readonly QueryTerm[]): readonly QueryTerm[] {
    const rarities = terms.map((term) => ({ term, rarity: this.#bodies.rarity(term[0]) }));
    const rarest = greatest(
      rarities.map(({ rarity }) => rarity),
      0,
    );
    return rarities
      .filter(({ rarity }) => rarity > rarest * COMMON)
      .sort((a, b) => b.rarity - a.rarity)
      .slice(0, MAX_TERMS)
      .map(({ term }) => term);
  }
}

/** The scores of definitions, added up term by term; each chunk knows the best of its own. */
class DefinitionScores {
  readonly #texts: TextTable;
  readonly #bm25: Bm25;
  readonly #files: FileScores;
  /** Definitions with a score above 0; those of closed files are not forgotten before the end. */
  #touched = new Uint32Array(0);
  #count = 0;
  /** Their chunks. */
  #chunks = new Uint32Array(0);
  #chunkCount = 0;

  constructor(texts: TextTable, bm25: Bm25, files: FileScores) {
    this.#texts = texts;
    this.#bm25 = bm25;
    this.#files = files;
  }

  /** How many definitions have a score above 0. */
  get count(): number {
    return this.#count;
  }

  /** Makes room. */
  begin(): void {
    const { size } = this.#texts;
    if (this.#touched.length > size) return;
    this.#touched = new Uint32Array(size * 2 + 1);
    this.#chunks = new Uint32Array(size * 2 + 1);
  }

  /** Adds a term's share to the score of each definition in an open file that has it. */
  addTerm(term: number, weight: number, open: OpenFiles): void {
    const { scale, base, perTerm } = this.#bm25.share(weight);
    const { numbers, scores } = this.#texts.cells;
    const [touched, chunks] = [this.#touched, this.#chunks];
    const count = this.#bm25.gather(term, open.texts);
    const { gathered } = this.#bm25;
    let [touchedCount, chunkCount] = [this.#count, this.#chunkCount];
    for (let at = 0; at < count; at++) {
      const posting = gathered[at] ?? 0;
      const frequency = posting & 0xff;
      const definition = posting >>> 8;
      const cell = definition << CELL_BITS;
      const place = (definition << SCORE_BITS) + SCORE;
      const before = scores[place] ?? 0;
      touched[touchedCount] = definition;
      touchedCount += Number(before === 0);
      const norm = frequency + base + perTerm * (numbers[cell + LENGTH] ?? 0);
      const score = before + (scale * frequency) / norm;
      scores[place] = score;
      const chunk = numbers[cell + CHUNK] ?? 0;
      const bestPlace = (chunk << SCORE_BITS) + BEST;
      const best = scores[bestPlace] ?? 0;
      chunks[chunkCount] = chunk;
      chunkCount += Number(best === 0);
      scores[bestPlace] = Math.max(best, score);
    }
    [this.#count, this.#chunkCount] = [touchedCount, chunkCount];
  }

  /** Chooses the open files of the chunks that have at least so much by their definitions and files alone. */
  choose(needed: number, shares: ScoreShares, open: OpenFiles): void {
    const { numbers, scores } = this.#texts.cells;
    const { texts } = open;
    const files = this.#files.scores;
    for (let at = 0; at < this.#chunkCount; at++) {
      const chunk = this.#chunks[at] ?? 0;
      if ((((texts[chunk >>> 5] ?? 0) >>> (chunk & 31)) & 1) === 0) continue;
      const owner = numbers[(chunk << CELL_BITS) + OWNER] ?? 0;
      const best = scores[(chunk << SCORE_BITS) + BEST] ?? 0;
      if (shares.signatures * best + shares.file * (files[owner - 1] ?? 0) >= needed) open.choose(owner);
    }
  }

  /** Now, as definitions may be others with the next query. */
  end(): void {
    const { scores } = this.#texts.cells;
    for (let at = 0; at < this.#count; at++) scores[((this.#touched[at] ?? 0) << SCORE_BITS) + SCORE] = 0;
    for (let at = 0; at < this.#chunkCount; at++) scores[((this.#chunks[at] ?? 0) << SCORE_BITS) + BEST] = 0;
    [this.#count, this.#chunkCount] = [0, 0];
  }
}
