const WORDS = /[\p{L}\p{N}_$]+/gu;

const PARTS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|\p{N}+/gu;

/** The words of a text in small letters; an identifier is one word. */
export function wholeWords(text: string): readonly string[] {
  return text.toLowerCase().match(WORDS) ?? [];
}

/**
 * The words of a text and, of those made of several by capitals, underscores or digits, their parts as well, in small
 * letters: `parseJson` gives `parsejson`, `parse`, `json`. No stemming, no stop words.
 */
export function subTokenWords(text: string): readonly string[] {
  return (text.match(WORDS) ?? []).flatMap((word) => {
    const parts = word.match(PARTS) ?? [];
    const lower = word.toLowerCase();
    return parts.length > 1 ? [lower, ...parts.map((part) => part.toLowerCase())] : [lower];
  });
}
