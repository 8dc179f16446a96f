/** A share, or a difference of shares, in points of a hundred: `12.5`. */
export function points(share: number): string {
  return (100 * share).toFixed(1);
}

/** The same with its sign: `+12.5`. */
export function signedPoints(share: number): string {
  return `${share < 0 ? '−' : '+'}${points(Math.abs(share))}`;
}
