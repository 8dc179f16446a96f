import { Bm25 } from './bm25.ts';
import { FileScores } from './fileScores.ts';
import type { LexicalWeights, ScoreShares } from './lexicalWeights.ts';
import type { PostingLists } from './postingLists.ts';
import type { TextTable } from './textTable.ts';
import { TopHits } from './topHits.ts';

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
export class ScoreBoard {
  readonly #texts: TextTable;
  readonly #bodies: Bm25;
  readonly #signatures: Bm25;
  readonly #files: FileScores;
  /** By chunk: the best score among its definitions. */
  #signatureScores = new Float64Array(0);
  /** By file id + 1: 1 while its chunks may be among the best. The first, of texts that are not live, is always 0. */
  #open = new Uint8Array(0);
  /** By place among the touched chunks: their scores so far. */
  #totals = new Float64Array(0);

  constructor(bodies: PostingLists, signatures: PostingLists, texts: TextTable, weights: LexicalWeights) {
    this.#texts = texts;
    this.#files = new FileScores(texts, weights);
    this.#bodies = new Bm25(bodies, texts, texts.chunks, weights);
    this.#signatures = new Bm25(signatures, texts, texts.definitions, {
      k1: weights.k1Definition,
      b: weights.b,
    });
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
      const seen = this.#bodies.touched.length + this.#signatures.touched.length;
      if (2 * rest < most && 2 * postings > seen) most = this.#closeFiles(count, shares, rest) + rest;
      this.#signatures.addTerm(term, signature, this.#open);
      this.#bodies.addTerm(term, body, this.#open, this.#files);
    }
    const hits = this.#top(count, shares).entries();
    this.#end();
    return hits;
  }

  #begin(): void {
    const { fileSize, size } = this.#texts;
    this.#files.clear();
    if (this.#signatureScores.length < size) this.#signatureScores = new Float64Array(size * 2);
    if (this.#open.length <= fileSize) this.#open = new Uint8Array(fileSize * 2 + 1);
    this.#open.fill(1, 1);
  }

  /** Now, as texts may be others with the next query. */
  #end(): void {
    this.#open.fill(0);
    this.#forgetClosed();
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
    const { least } = this.#top(count, shares);
    if (rest * ROUNDING >= least) return least;
    const needed = least / ROUNDING - rest;
    const open = this.#open.fill(0);
    const { owners } = this.#texts;
    const totals = this.#totals;
    const { touched } = this.#bodies;
    for (let at = 0; at < touched.length; at++) {
      if ((totals[at] ?? 0) >= needed) open[owners[touched[at] ?? 0] ?? 0] = 1;
    }
    this.#keepSignaturesOpen(needed, shares);
    this.#forgetClosed();
    return least;
  }

  #forgetClosed(): void {
    const best = this.#signatureScores;
    const { owners } = this.#texts;
    const { touched } = this.#signatures;
    for (let at = 0; at < touched.length; at++) {
      const definition = touched[at] ?? 0;
      if (this.#open[owners[definition] ?? 0] === 0) best[this.#texts.chunkOf(definition)] = 0;
    }
    this.#signatures.forgetClosed(this.#open);
    this.#bodies.forgetClosed(this.#open);
  }

  /** The same for chunks whose definitions alone have terms of the query so far. */
  #keepSignaturesOpen(needed: number, shares: ScoreShares): void {
    const open = this.#open;
    const { owners } = this.#texts;
    const { scores, touched } = this.#signatures;
    const files = this.#files.scores;
    for (let at = 0; at < touched.length; at++) {
      const definition = touched[at] ?? 0;
      const owner = owners[definition] ?? 0;
      const total = shares.signatures * (scores[definition] ?? 0) + shares.file * (files[owner - 1] ?? 0);
      if (total >= needed) open[owner] = 1;
    }
  }

  /** The best so far. */
  #top(count: number, shares: ScoreShares): TopHits {
    this.#gatherSignatures();
    const top = new TopHits(count);
    const { scores, touched } = this.#bodies;
    if (this.#totals.length < touched.length) this.#totals = new Float64Array(this.#texts.size * 2);
    const totals = this.#totals;
    const { owners } = this.#texts;
    const files = this.#files.scores;
    const signatures = this.#signatureScores;
    for (let at = 0; at < touched.length; at++) {
      const chunk = touched[at] ?? 0;
      const file = files[(owners[chunk] ?? 0) - 1] ?? 0;
      const total = (scores[chunk] ?? 0) + shares.file * file + shares.signatures * (signatures[chunk] ?? 0);
      totals[at] = total;
      top.offer(chunk, total);
    }
    return top;
  }

  #gatherSignatures(): void {
    const best = this.#signatureScores;
    const { scores, touched } = this.#signatures;
    for (let at = 0; at < touched.length; at++) {
      const definition = touched[at] ?? 0;
      const score = scores[definition] ?? 0;
      const chunk = this.#texts.chunkOf(definition);
      if (score > (best[chunk] ?? 0)) best[chunk] = score;
    }
  }

  /** The terms worth following: not the ones in half of all chunks beside others in a few. */
  telling(terms: readonly QueryTerm[]): readonly QueryTerm[] {
    const rarities = terms.map((term) => ({ term, rarity: this.#bodies.rarity(term[0]) }));
    const rarest = Math.max(0, ...rarities.map(({ rarity }) => rarity));
    return rarities
      .filter(({ rarity }) => rarity > rarest * COMMON)
      .sort((a, b) => b.rarity - a.rarity)
      .slice(0, MAX_TERMS)
      .map(({ term }) => term);
  }
}
