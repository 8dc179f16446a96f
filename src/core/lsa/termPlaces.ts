import type { TrainingTexts } from './trainingTexts.ts';
import type { Work } from './work.ts';
import { largeUint32Array } from '../memory/largeArrays.ts';

const PER_PLACE = 10;

/** Where terms occur: the places of term `t` are those from `starts[t]` to `starts[t + 1]`. */
export interface TermPlaces {
  readonly places: Uint32Array;
  readonly starts: Uint32Array;
}

/** The places of the first `termCount` terms. */
export async function placesByTerm(
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
    await work.done((end - (textStarts[text] ?? 0)) * PER_PLACE);
  }
  return { places, starts };
}
