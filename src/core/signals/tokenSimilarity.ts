const TOKEN = /[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu;

/** Longer texts are compared by their first so many tokens, which bounds the work. */
const MAX_TOKENS = 1000;

/**
 * How much of `inserted` is found in `remaining`: 1 when its tokens stand there in a row, 0 when none does. It is one
 * minus the edit distance from the inserted tokens to the nearest stretch of the remaining ones, by their number.
 * White space does not count, and neither does what stands around that stretch.
 */
export function tokenSimilarity(inserted: string, remaining: string): number {
  const wanted = tokensOf(inserted);
  if (wanted.length === 0) return 1;
  return 1 - distanceToNearestStretch(wanted, tokensOf(remaining)) / wanted.length;
}

function tokensOf(text: string): readonly string[] {
  return (text.match(TOKEN) ?? []).slice(0, MAX_TOKENS);
}

/** Sellers' algorithm (1980): the edit distance where the stretch may begin and end anywhere. */
function distanceToNearestStretch(wanted: readonly string[], remaining: readonly string[]): number {
  let costs = wanted.map((_, index) => index + 1);
  let least = wanted.length;
  for (const token of remaining) {
    let diagonal = 0;
    let above = 0;
    costs = costs.map((left, index) => {
      const cost = Math.min(diagonal + (wanted[index] === token ? 0 : 1), left + 1, above + 1);
      diagonal = left;
      above = cost;
      return cost;
    });
    least = Math.min(least, costs.at(-1) ?? least);
  }
  return least;
}
