import { largeUint32Array } from '../memory/largeArrays.ts';
import type { SparseRows } from './sparseRows.ts';
import { SparseRowsBuilder } from './sparseRowsBuilder.ts';
import type { TrainingTexts } from './trainingTexts.ts';
import type { Work } from './work.ts';

/** Flattens the frequencies of contexts, so that rare ones do not win by chance (Levy, Goldberg and Dagan 2015). */
const SMOOTHING = 0.75;
/** What a logarithm and a count cost, in multiplications. */
const PER_ENTRY = 20;
const PER_PLACE = 60;

/**
 * For each of the first `termCount` terms, how much more often than by chance each other one stands beside it: positive
 * pointwise mutual information (Church and Hanks 1990; Levy and Goldberg 2014), the nearer the more.
 */
export async function neighbourRows(
  texts: TrainingTexts,
  termCount: number,
  work: Work,
): Promise<SparseRows> {
  const counted = await countNeighbours(texts, termCount, work);
  const totals = new Float64Array(termCount);
  for (let term = 0; term < termCount; term++) {
    for (let at = counted.starts[term] ?? 0; at < (counted.starts[term + 1] ?? 0); at++) {
      totals[term] = (totals[term] ?? 0) + (counted.values[at] ?? 0);
    }
  }
  return toInformation(counted, totals, work);
}

async function countNeighbours(texts: TrainingTexts, termCount: number, work: Work): Promise<SparseRows> {
  const { places, starts } = await placesByTerm(texts, termCount, work);
  const rows = new SparseRowsBuilder(termCount, termCount, texts.occurrences.length);
  const counts = new NeighbourCounts(texts, termCount);
  for (let term = 0; term < termCount; term++) {
    for (let at = starts[term] ?? 0; at < (starts[term + 1] ?? 0); at++) {
      counts.addAround(places[at] ?? 0);
      const pause = work.done(PER_PLACE);
      if (pause) await pause;
    }
    counts.drain((other, count) => {
      if (other !== term) rows.add(other, count);
    });
    await work.done(rows.endRow() * PER_ENTRY);
  }
  return rows.build();
}

async function toInformation(counted: SparseRows, totals: Float64Array, work: Work): Promise<SparseRows> {
  const { rowCount, starts, columns, values } = counted;
  const smoothed = totals.map((total) => total ** SMOOTHING);
  const all = smoothed.reduce((sum, value) => sum + value, 0);
  const rows = new SparseRowsBuilder(rowCount, rowCount, columns.length);
  for (let row = 0; row < rowCount; row++) {
    const start = starts[row] ?? 0;
    const end = starts[row + 1] ?? 0;
    for (let at = start; at < end; at++) {
      const column = columns[at] ?? 0;
      const chance = ((totals[row] ?? 0) * (smoothed[column] ?? 0)) / all;
      const information = Math.log((values[at] ?? 0) / chance);
      if (information > 0) rows.add(column, information);
    }
    rows.endRow();
    await work.done((end - start) * PER_ENTRY);
  }
  return rows.build();
}

/** Terms at most so far apart are neighbours. */
const WINDOW = 8;

/** Adds up what stands around the places of one term at a time, the nearer the more. */
class NeighbourCounts {
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

const NUMBERS_PER_PLACE = 10;

/** Where terms occur: the places of term `t` are those from `starts[t]` to `starts[t + 1]`. */
interface TermPlaces {
  readonly places: Uint32Array;
  readonly starts: Uint32Array;
}

/** The places of the first `termCount` terms. */
async function placesByTerm(
  { occurrences, starts: textStarts }: TrainingTexts,
  termCount: number,
  work: Work,
): Promise<TermPlaces> {
  const starts = new Uint32Array(termCount + 1);
  for (const term of occurrences) if (term < termCount) starts[term + 1] = (starts[term + 1] ?? 0) + 1;
  for (let term = 0; term < termCount; term++) {
    starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
  }
  const places = largeUint32Array(starts[termCount] ?? 0);
  const next = starts.slice();
  for (let text = 0; text + 1 < textStarts.length; text++) {
    const end = textStarts[text + 1] ?? 0;
    for (let place = textStarts[text] ?? 0; place < end; place++) {
      const term = occurrences[place] ?? 0;
      if (term >= termCount) continue;
      const at = next[term] ?? 0;
      places[at] = place;
      next[term] = at + 1;
    }
    await work.done((end - (textStarts[text] ?? 0)) * NUMBERS_PER_PLACE);
  }
  return { places, starts };
}
