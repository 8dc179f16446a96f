/**
 * Takes an English plural, -ing or -ed ending off a lower-case word. Deliberately light: both sides of a match go
 * through it, so it need not give real words, but must rarely merge different ones.
 */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  if (word.length > 5) {
    if (word.endsWith('ing')) return word.slice(0, -3);
    if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
    if (word.endsWith('ed') || word.endsWith('es')) return word.slice(0, -2);
  }
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
