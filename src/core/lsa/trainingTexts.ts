import { Vocabulary } from '../text/vocabulary.ts';
import { NumberColumn } from '../memory/numberColumn.ts';
import { WordTerms } from './wordTerms.ts';
import type { Work } from './work.ts';

/** What reading a character and looking at a term cost, in multiplications. */
const PER_CHARACTER = 40;
const PER_TERM = 10;

/** Texts as numbers. Term numbers are places in `terms`, the most frequent first. */
export interface TrainingTexts {
  /** The terms worth learning. */
  readonly terms: readonly string[];
  /** Inverse document frequency of each term. */
  readonly rarities: Float64Array;
  /** Share of the texts that have the term. */
  readonly shares: Float64Array;
  /** The numbers of the terms of all texts in order of occurrence, other terms left out. */
  readonly occurrences: Uint32Array;
  /** Where each text begins in `occurrences`; the last is the end of all. */
  readonly starts: Uint32Array;
}

/** Reads texts for their `most` most frequent terms, leaving out terms that occur in one text only. */
export async function readTrainingTexts(
  texts: readonly string[],
  most: number,
  work: Work,
): Promise<TrainingTexts> {
  const vocabulary = new Vocabulary();
  const words = new WordTerms((term) => vocabulary.intern(term));
  const all = new NumberColumn();
  const starts = new Uint32Array(texts.length + 1);
  let length = 0;
  for (const [at, text] of texts.entries()) {
    words.visit(text, (term) => {
      all.set(length++, term);
    });
    starts[at + 1] = length;
    await work.done(text.length * PER_CHARACTER);
  }
  const counts = await documentCounts(all.data, starts, vocabulary.size, work);
  const chosen = mostFrequent(counts, texts.length, most);
  const found = Float64Array.from(chosen, (id) => counts[id] ?? 0);
  return {
    terms: Array.from(chosen, (id) => vocabulary.textOf(id)),
    rarities: found.map((count) => Math.log(1 + (texts.length - count + 0.5) / (count + 0.5))),
    shares: found.map((count) => count / texts.length),
    ...(await renumbered(all.data, starts, chosen, work)),
  };
}

/** In how many texts each term occurs. */
async function documentCounts(
  terms: Uint32Array,
  starts: Uint32Array,
  size: number,
  work: Work,
): Promise<Uint32Array> {
  const counts = new Uint32Array(size);
  const lastText = new Int32Array(size).fill(-1);
  for (let text = 0; text + 1 < starts.length; text++) {
    const start = starts[text] ?? 0;
    const end = starts[text + 1] ?? 0;
    for (let at = start; at < end; at++) {
      const term = terms[at] ?? 0;
      if (lastText[term] === text) continue;
      lastText[term] = text;
      counts[term] = (counts[term] ?? 0) + 1;
    }
    await work.done((end - start) * PER_TERM);
  }
  return counts;
}

/** Ids of terms that occur in two texts or more, the most frequent first, equal ones by id. */
function mostFrequent(counts: Uint32Array, textCount: number, most: number): Uint32Array {
  const keys = new Float64Array(counts.length);
  let length = 0;
  for (const [id, count] of counts.entries()) {
    if (count > 1) keys[length++] = (textCount - count) * 2 ** 24 + id;
  }
  return Uint32Array.from(keys.subarray(0, length).sort().subarray(0, most), (key) => key % 2 ** 24);
}

async function renumbered(
  all: Uint32Array,
  allStarts: Uint32Array,
  chosen: Uint32Array,
  work: Work,
): Promise<Pick<TrainingTexts, 'occurrences' | 'starts'>> {
  const numbers = new Map(Array.from(chosen, (id, number) => [id, number]));
  const occurrences = new Uint32Array(allStarts.at(-1) ?? 0);
  const starts = new Uint32Array(allStarts.length);
  let length = 0;
  for (let text = 0; text + 1 < allStarts.length; text++) {
    const start = allStarts[text] ?? 0;
    const end = allStarts[text + 1] ?? 0;
    for (let at = start; at < end; at++) {
      const number = numbers.get(all[at] ?? 0);
      if (number !== undefined) occurrences[length++] = number;
    }
    starts[text + 1] = length;
    await work.done((end - start) * PER_TERM);
  }
  return { occurrences: occurrences.slice(0, length), starts };
}
