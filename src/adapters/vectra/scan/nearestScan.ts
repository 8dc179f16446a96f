import { TimeSlice } from '../../../core/async/timeSlice.ts';
import type { VectorHit } from '../../../core/ports/vectors.ts';
import { BestHits } from '../bestHits.ts';
import type { QueryError, ScanKernel } from './scanKernel.ts';
import type { ScannedShard, Slab } from './loadShard.ts';
import { SLAB_ROWS } from './slabMemory.ts';

/** How far single precision may carry a score, and how far a residual. */
const SCORE_SLACK = 2e-6;
const RESIDUAL_SLACK = 1.001;
/** Steps between two looks at the clock. */
const SLABS_AT_ONCE = 8;
const ROWS_AT_ONCE = 16;

interface Place {
  readonly shard: ScannedShard;
  readonly slab: Slab;
}

interface NearestQuery {
  readonly vector: Float32Array;
  /** Its length. */
  readonly norm: number;
  readonly count: number;
}

/**
 * One query over all slabs, exact although it scans rounded rows. The best by their rounded scores are looked up first:
 * the worst of their true scores is a floor. A row's true score is no further from its rounded one than what rounding
 * took from row and query (Cauchy–Schwarz), so whatever cannot reach the floor is out, and all else is looked up too.
 * Rows are numbered through all slabs, `SLAB_ROWS` to each.
 */
export class NearestScan {
  readonly #kernel: ScanKernel;
  readonly #places: readonly Place[];
  readonly #query: NearestQuery;
  readonly #error: QueryError;
  readonly #best: BestHits;
  readonly #slice = new TimeSlice();
  #looked = 0;

  /** The kernel is at the query's disposal until it is answered. */
  constructor(shards: Iterable<ScannedShard>, kernel: ScanKernel, query: NearestQuery) {
    this.#kernel = kernel;
    this.#places = [...shards].flatMap((shard) => shard.slabs.map((slab) => ({ shard, slab })));
    this.#query = query;
    this.#error = kernel.setQuery(Float64Array.from(query.vector).map((value) => value / query.norm));
    this.#best = new BestHits(query.count);
  }

  /** How many rows had their true score computed. */
  get looked(): number {
    return this.#looked;
  }

  async run(): Promise<readonly VectorHit[]> {
    const { greatest, first } = await this.#scanAll();
    for (const row of first) if (this.#look(row)) await this.#slice.rest();
    const done = new Set(first);
    for (const index of this.#places.keys()) {
      if (index % SLABS_AT_ONCE === 0 && this.#slice.isOver) await this.#slice.rest();
      for (const row of this.#contenders(index, greatest[index] ?? 0)) {
        if (!done.has(row) && this.#look(row)) await this.#slice.rest();
      }
    }
    return this.#best.hits;
  }

  async #scanAll(): Promise<{ readonly greatest: Float32Array; readonly first: readonly number[] }> {
    const { memory } = this.#kernel;
    const top = new CoarseTop(this.#query.count);
    const greatest = new Float32Array(this.#places.length);
    for (const [index, { slab }] of this.#places.entries()) {
      if (index % SLABS_AT_ONCE === 0 && this.#slice.isOver) await this.#slice.rest();
      greatest[index] = this.#kernel.scan(slab.address, slab.count);
      let { floor } = top;
      if ((greatest[index] ?? 0) <= floor) continue;
      const scores = (slab.address + memory.scores) / 4;
      for (let row = 0; row < slab.count; row++) {
        const score = memory.floats[scores + row] ?? 0;
        if (score <= floor) continue;
        top.offer(index * SLAB_ROWS + row, score);
        ({ floor } = top);
      }
    }
    return { greatest, first: top.rows };
  }

  /** Rows of a slab that may still be among the best; `greatest` is the greatest of its scores. */
  #contenders(index: number, greatest: number): readonly number[] {
    const { slab } = this.#places[index] ?? {};
    if (!slab) return [];
    const { floor } = this.#best;
    const reach = floor - errorOf(slab.residual, this.#error.coarse);
    if (greatest < reach) return [];
    const { floats, scores } = this.#kernel.memory;
    const rows: number[] = [];
    for (let row = 0; row < slab.count; row++) {
      if ((floats[(slab.address + scores) / 4 + row] ?? 0) < reach) continue;
      if (this.#atMost(slab, row) >= floor) rows.push(index * SLAB_ROWS + row);
    }
    return rows;
  }

  /** What the true score cannot exceed. */
  #atMost(slab: Slab, row: number): number {
    const { floats, residuals } = this.#kernel.memory;
    const residual = floats[(slab.address + residuals) / 4 + row] ?? 0;
    return this.#kernel.refine(slab.address, row) + errorOf(residual, this.#error.fine);
  }

  /** Computes a row's true score. Returns whether it is time to rest. */
  #look(row: number): boolean {
    const place = this.#places[Math.floor(row / SLAB_ROWS)];
    if (!place) return false;
    const { paths, ordinals, norms, rows } = place.shard;
    const index = place.slab.first + (row % SLAB_ROWS);
    const product = dotProduct(this.#query.vector, rows.read(index));
    const score = product / (this.#query.norm * (norms[index] ?? 1));
    this.#best.offer(paths[index] ?? '', ordinals[index] ?? 0, score);
    this.#looked++;
    return this.#looked % ROWS_AT_ONCE === 0 && this.#slice.isOver;
  }
}

/** How far a rounded score may be from the true one. */
function errorOf(residual: number, queryError: number): number {
  const row = residual * RESIDUAL_SLACK;
  return row + queryError * (1 + row) + SCORE_SLACK;
}

/** One sum in the order of the numbers, as vectra has it, so that scores are equal to the last bit. */
function dotProduct(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** The `count` best of the scores offered, and what they belong to. */
class CoarseTop {
  readonly #count: number;
  readonly #scores: number[] = [];
  readonly #rows: number[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  get rows(): readonly number[] {
    return this.#rows;
  }

  /** Only greater scores need be offered. */
  get floor(): number {
    return this.#scores.length < this.#count ? -Infinity : (this.#scores.at(-1) ?? Infinity);
  }

  offer(row: number, score: number): void {
    let place = this.#scores.length;
    while (place > 0 && (this.#scores[place - 1] ?? 0) < score) place--;
    if (place >= this.#count) return;
    this.#scores.splice(place, 0, score);
    this.#rows.splice(place, 0, row);
    if (this.#scores.length > this.#count) {
      this.#scores.pop();
      this.#rows.pop();
    }
  }
}
