import type { Locality, Match } from './matchSearch.ts';
import { LIVE } from './tokenSpace.ts';

// How much more often a match is right, as a natural logarithm: a conditional logit fitted on the packages named in
// `gateWeights.ts`, so that among the matches for one place the weights predict which one goes on correctly.
const FOR_EXACT = [0, 0, 1.5, 2.4, 3.5, 4.3, 4.5, 5.3, 5.8, 6, 6.3, 6.8, 7.2, 7.35, 7.5, 7.65, 7.8] as const;
const PER_EXACT_BEYOND = 0.2;
const FOR_AGREEMENT = [
  0, 0.7, 2.5, 2.8, 3.1, 3.5, 3.9, 4.2, 4.6, 4.8, 5, 5.25, 5.5, 5.6, 5.7, 5.85, 6,
] as const;
const FOR_LOCALITY: Readonly<Record<Locality, number>> = { 0: -1, 1: -1, 2: -0.3, 3: 1.6 };
const PER_DISTANCE = -0.42;
/** Tokens after which distance within a file begins to count. */
const NEAR = 20;
const PER_LOOSE = 0.09;
const FOR_FIRST_LOOSE = 0.2;
const FOR_PARTIAL = 0.4;
const PER_EXACT_PARTIAL = -0.43;

/** The logarithm of a match's vote before the text below the cursor is looked at. */
export function strengthOf(match: Match, cursorPosition: number): number {
  const exact = FOR_EXACT[match.exact] ?? 7.8 + PER_EXACT_BEYOND * (match.exact - FOR_EXACT.length + 1);
  const loose = PER_LOOSE * match.loose + FOR_FIRST_LOOSE * Math.min(match.loose, 4);
  const distance = match.next >= LIVE ? Math.log(1 + Math.abs(match.next - cursorPosition) / NEAR) : 0;
  const partial = match.isPartial ? FOR_PARTIAL + PER_EXACT_PARTIAL * Math.min(match.exact, 6) : 0;
  return exact + loose + partial + FOR_LOCALITY[match.locality] + PER_DISTANCE * distance;
}

/** What `count` agreeing words below the cursor add to it. */
export function strengthOfAgreement(count: number): number {
  return FOR_AGREEMENT[count] ?? 6;
}
