import { TermCounter } from '../text/termCounter.ts';
import type { SparseRows } from './sparseRows.ts';
import { SparseRowsBuilder } from './sparseRowsBuilder.ts';
import type { TrainingTexts } from './trainingTexts.ts';
import type { Work } from './work.ts';

/** A term in more of the texts than this says nothing about any of them. */
const COMMON = 0.4;
/** What counting a term costs, in multiplications. */
const PER_TERM = 20;

/** What a term that occurs so often in a text counts: repeating it adds ever less. */
export function termWeight(count: number, rarity: number): number {
  return (1 + Math.log(count)) * rarity;
}

/** A row of unit length for each text, with what each of its terms counts. */
export async function textRows(
  { terms, rarities, shares, occurrences, starts }: TrainingTexts,
  work: Work,
): Promise<SparseRows> {
  const rowCount = starts.length - 1;
  const rows = new SparseRowsBuilder(rowCount, terms.length, occurrences.length);
  const counter = new TermCounter();
  for (let row = 0; row < rowCount; row++) {
    const inText = occurrences.subarray(starts[row], starts[row + 1]);
    counter.add(inText, 1);
    let squares = 0;
    counter.drain((term, count) => {
      if ((shares[term] ?? 0) >= COMMON) return;
      const value = termWeight(count, rarities[term] ?? 0);
      rows.add(term, value);
      squares += value * value;
    });
    if (squares > 0) rows.scaleRow(1 / Math.sqrt(squares));
    rows.endRow();
    await work.done(inText.length * PER_TERM);
  }
  return rows.build();
}
