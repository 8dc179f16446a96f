import { stableHash } from '../evals/sampling.ts';

/** Parts of names, cut at capitals and at whatever is no letter; an escape such as `\n` is no part of one. */
const WORDS = /(?<!\\)(?:[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]{2,})/g;
/** The most frequent words stay as they are: keywords are among them, and what all code calls the same. */
const MAX_KEPT = 500;
const KEPT_SHARE = 0.1;
/** Of the other words, in percent: so many stay, so many become another known word, and the rest are made up. */
const STAYS = 50;
const BECOMES_KNOWN = 38;
/** Another word is about as frequent: its rank differs by no more than this share. */
const RANK_SPREAD = 0.25;
const SYLLABLES = [
  'ba',
  'co',
  'du',
  'fen',
  'gri',
  'hol',
  'jun',
  'kep',
  'lor',
  'mi',
  'nas',
  'pru',
  'ret',
  'sol',
];

/** The words of some texts, in lower case, the most frequent first. */
export function wordsByFrequency(texts: Iterable<string>): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of text.match(WORDS) ?? []) {
      const key = word.toLowerCase();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).map(([word]) => word);
}

/**
 * Gives code other names, as if somebody else had written it: each word that names are made of becomes the same other
 * word everywhere. Half of the words stay, most others change places with words about as frequent, and one in eight
 * is new, so that every renamed copy has names of its own and brings new words as well. The same for the same seed.
 */
export function createRenaming(words: readonly string[], seed: number): (text: string) => string {
  const ranks = new Map(words.map((word, rank) => [word, rank]));
  const kept = Math.min(MAX_KEPT, Math.floor(words.length * KEPT_SHARE));
  const known = new Map<string, string>();
  const rename = (word: string): string => {
    const rank = ranks.get(word) ?? words.length;
    const draw = stableHash(seed, word) % 100;
    if (rank < kept || draw < STAYS) return word;
    if (draw >= STAYS + BECOMES_KNOWN) return madeUp(stableHash(seed, word, 'new'));
    const drift = (stableHash(seed, word, 'rank') / 2 ** 31 - 1) * RANK_SPREAD;
    return words[Math.max(kept, Math.round(rank * (1 + drift)))] ?? word;
  };
  return (text) =>
    text.replace(WORDS, (found) => {
      const word = found.toLowerCase();
      const renamed = known.get(word) ?? rename(word);
      known.set(word, renamed);
      return inCaseOf(found, renamed);
    });
}

function madeUp(hash: number): string {
  const syllable = (at: number): string =>
    SYLLABLES[Math.floor(hash / SYLLABLES.length ** at) % SYLLABLES.length] ?? '';
  return [0, 1, 2, 3].map(syllable).join('');
}

function inCaseOf(model: string, word: string): string {
  if (model === model.toLowerCase()) return word;
  return model === model.toUpperCase()
    ? word.toUpperCase()
    : `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
