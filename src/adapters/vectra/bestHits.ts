import type { VectorHit } from '../../core/ports/vectors.ts';

/** The best `count` of the hits offered: by score, then path, then ordinal, whatever the order of offering. */
export class BestHits {
  readonly #count: number;
  readonly #hits: VectorHit[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  /** Best first. Rounding may have carried a cosine past 1; the order is that of the scores as they were offered. */
  get hits(): readonly VectorHit[] {
    return this.#hits.map((hit) => ({ ...hit, score: Math.max(-1, Math.min(1, hit.score)) }));
  }

  /** Whatever scores less than this need not be offered. */
  get floor(): number {
    return this.#hits.length < this.#count ? -Infinity : (this.#hits.at(-1)?.score ?? Infinity);
  }

  offer(path: string, ordinal: number, score: number): void {
    const hit = { path, ordinal, score };
    let place = this.#hits.length;
    for (let above = this.#hits[place - 1]; above && isBetter(hit, above); above = this.#hits[place - 1])
      place--;
    if (place >= this.#count) return;
    this.#hits.splice(place, 0, hit);
    if (this.#hits.length > this.#count) this.#hits.pop();
  }
}

function isBetter(a: VectorHit, b: VectorHit): boolean {
  if (a.score !== b.score) return a.score > b.score;
  return a.path === b.path ? a.ordinal < b.ordinal : a.path < b.path;
}
