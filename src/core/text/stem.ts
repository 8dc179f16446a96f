/**
 * Takes an English plural, -ing, -ed or final -e off a lower-case word, so that `creates`, `creating` and `create`
 * meet. Deliberately light: both sides of a match go through it, so it need not give real words, but must rarely
 * merge different ones.
 */
export function stem(word: string): string {
  const single = withoutPlural(word);
  const base = withoutEnding(single);
  return base.length > 3 && base.endsWith('e') ? base.slice(0, -1) : base;
}

function withoutPlural(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function withoutEnding(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3);
  return word.length > 4 && word.endsWith('ed') ? word.slice(0, -2) : word;
}
