/** Words with an inner border, numbers, white space, punctuation, and anything beyond ASCII one character at a time. */
const PIECES =
  /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\S\n]+|\n+|[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]+|[^\x00-\x7f]|[\x00-\x1f\x7f]/g;

/** Characters of a run that tokenizers join into one token, by the kind of its first character. */
const LOWER_CASE = 7;
const UPPER_CASE = 3;
const PUNCTUATION = 3;
const DIGITS = 3;
const BLANKS = 80;

/**
 * Estimates tokens without a vocabulary, which would be larger than all our own code. Against o200k_base, on 12,700
 * pieces of 2,000 characters of TypeScript, JavaScript, Python and prose: 16 % too high in all; too low for 6 % of the
 * pieces, and by more than a tenth for 1 %. Too high is the safe side, because other tokenizers cut finer.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(PIECES)) tokens += tokensOf(piece);
  return tokens;
}

function tokensOf(piece: string): number {
  const first = piece.charCodeAt(0);
  const { length } = piece;
  if (first > 0x7f || first < 0x20) return piece.startsWith('\t') ? tokensOfBlanks(length) : 1;
  if (first === 0x20) return tokensOfBlanks(length);
  if (first >= 0x30 && first <= 0x39) return Math.ceil(length / DIGITS);
  if (first >= 0x61 && first <= 0x7a) return Math.ceil(length / LOWER_CASE);
  if (first >= 0x41 && first <= 0x5a)
    return Math.ceil(length / (isUpperCase(piece) ? UPPER_CASE : LOWER_CASE));
  return Math.ceil(length / PUNCTUATION);
}

/** A single blank belongs to the word after it. */
function tokensOfBlanks(length: number): number {
  return length === 1 ? 0 : Math.ceil(length / BLANKS);
}

function isUpperCase(piece: string): boolean {
  return piece.length > 1 && piece.charCodeAt(1) < 0x61;
}
