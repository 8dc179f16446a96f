const CANDIDATES = /[A-Za-z0-9+/=_-]{20,}/g;
const KNOWN_PREFIXES =
  /\b(?:sk-|ghp_|gho_|github_pat_|glpat-|xox[abpr]-|AKIA|ASIA|AIza|eyJ)[A-Za-z0-9_-]{8,}/;
const HEXADECIMAL = /\b[0-9a-f]{32,}\b/i;

const MIN_ENTROPY_BITS = 3.5;
const MIN_ALTERNATIONS = 4;

/** True for text that looks like a key, token or hash: copying one from another file is never a help. */
export function holdsSecret(text: string): boolean {
  if (KNOWN_PREFIXES.test(text) || HEXADECIMAL.test(text)) return true;
  return (text.match(CANDIDATES) ?? []).some(
    (run) => alternations(run) >= MIN_ALTERNATIONS && entropyBits(run) >= MIN_ENTROPY_BITS,
  );
}

/** How often letters turn to digits or back. */
function alternations(run: string): number {
  return (run.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g) ?? []).length;
}

/** Shannon entropy per character. */
function entropyBits(run: string): number {
  const counts = new Map<string, number>();
  for (const character of run) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / run.length) * Math.log2(count / run.length);
  return bits;
}
