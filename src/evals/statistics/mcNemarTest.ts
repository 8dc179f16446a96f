/**
 * Exact two-sided p-value of McNemar's test ("Note on the sampling error of the difference between correlated
 * proportions", 1947): of `wins + losses` cases on which two systems differ, each is as likely to go either way when
 * neither is better, so the smaller count is binomial with probability ½.
 */
export function mcNemarTest(wins: number, losses: number): number {
  const n = wins + losses;
  const fewer = Math.min(wins, losses);
  // In logarithms: 2^n and the binomial coefficients overflow from some thousand cases on.
  let term = -n * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= fewer; k++) {
    tail += Math.exp(term);
    term += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}
