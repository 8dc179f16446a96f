import { LINE_BREAK, wordOf } from '../text/lexer.ts';
import { BOUNDARY } from './anchor.ts';
import type { CursorSite } from './cursorSite.ts';
import type { Words } from '../text/words.ts';

/** A word of the live text that begins with the partly typed one and goes on. */
export interface NearbyWord {
  readonly word: number;
  /** Its uses, each counting less the further off it is, as a share of those of all such words. */
  readonly share: number;
  /** Tokens between the cursor and its nearest use. */
  readonly distance: number;
}

const MAX_WORDS = 8;
/** How far is looked on either side of the cursor, in tokens. */
const REACH = 20_000;
/** A use so many tokens off counts half. */
const HALF_WAY = 60;

interface Uses {
  weight: number;
  distance: number;
}

/** The words that the partly typed one may become, the likeliest first; none where no word is begun. */
export function nearbyWords(site: CursorSite, words: Pick<Words, 'textOf'>): NearbyWord[] {
  const { tokens, cursor, partial } = site;
  if (partial === '') return [];
  const found = new Map<number, Uses | undefined>();
  const end = Math.min(tokens.length, cursor + REACH);
  for (let at = Math.max(1, cursor - REACH); at < end; at++) {
    const word = wordOf(tokens[at] ?? 0);
    if (at === cursor - 1 || word === LINE_BREAK || word === BOUNDARY) continue;
    let uses = found.get(word);
    if (uses === undefined && !found.has(word)) {
      const text = words.textOf(word);
      const isLonger = text.length > partial.length && text.startsWith(partial);
      uses = isLonger ? { weight: 0, distance: Infinity } : undefined;
      found.set(word, uses);
    }
    if (uses === undefined) continue;
    const distance = Math.abs(at - cursor);
    uses.weight += 1 / (1 + distance / HALF_WAY);
    uses.distance = Math.min(uses.distance, distance);
  }
  return ranked(found);
}

function ranked(found: ReadonlyMap<number, Uses | undefined>): NearbyWord[] {
  const used = [...found].filter((entry): entry is [number, Uses] => entry[1] !== undefined);
  const total = used.reduce((sum, [, { weight }]) => sum + weight, 0);
  return used
    .map(([word, { weight, distance }]) => ({ word, distance, share: weight / total }))
    .sort((a, b) => b.share - a.share)
    .slice(0, MAX_WORDS);
}
