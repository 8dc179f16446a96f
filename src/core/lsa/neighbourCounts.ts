import type { TrainingTexts } from './trainingTexts.ts';
import { largeUint32Array } from '../memory/largeArrays.ts';

/** Terms at most so far apart are neighbours. */
const WINDOW = 8;

/** Adds up what stands around the places of one term at a time, the nearer the more. */
export class NeighbourCounts {
  readonly #occurrences: Uint32Array;
  /** By place: one more than the number of the text it is in, so that texts do not run into each other. */
  readonly #textOf: Uint32Array;
  readonly #counts: Float64Array;
  readonly #nearness = Float64Array.from(
    { length: WINDOW + 1 },
    (_, distance) => 1 / Math.sqrt(distance || 1),
  );
  #seen: number[] = [];

  /** Counts the first `termCount` terms only. */
  constructor({ occurrences, starts }: TrainingTexts, termCount: number) {
    this.#occurrences = occurrences;
    this.#textOf = largeUint32Array(occurrences.length);
    for (let text = 0; text + 1 < starts.length; text++) {
      this.#textOf.fill(text + 1, starts[text], starts[text + 1]);
    }
    this.#counts = new Float64Array(termCount);
  }

  addAround(place: number): void {
    const text = this.#textOf[place];
    const end = Math.min(this.#occurrences.length - 1, place + WINDOW);
    for (let at = Math.max(0, place - WINDOW); at <= end; at++) {
      const term = this.#occurrences[at] ?? 0;
      if (term >= this.#counts.length || this.#textOf[at] !== text) continue;
      const before = this.#counts[term] ?? 0;
      if (before === 0) this.#seen.push(term);
      this.#counts[term] = before + (this.#nearness[Math.abs(at - place)] ?? 0);
    }
  }

  /** Shows every term that was near, with how near and how often, and forgets them. */
  drain(visit: (term: number, count: number) => void): void {
    for (const term of this.#seen) {
      visit(term, this.#counts[term] ?? 0);
      this.#counts[term] = 0;
    }
    this.#seen = [];
  }
}
