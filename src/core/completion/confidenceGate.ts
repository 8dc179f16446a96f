import { greatest } from '../shared/greatest.ts';
import { openBrackets, surplusClosers } from './brackets.ts';
import type { CursorSite } from './cursorSite.ts';
import type { LineCandidate } from './lineCandidates.ts';
import type { Surroundings } from './surroundings.ts';
import { NAME, type WordKinds } from './wordKinds.ts';

/**
 * A candidate is shown from this confidence on. Measured on 13 npm packages that took no part in fitting (masks: 25 %
 * line start, 50 % at a token border, 25 % inside a word; exact = the whole rest of the line): 71 % of what is shown
 * is exact and half of the places show something.
 */
export const DEFAULT_THRESHOLD = 0.25;

/** A block of lines is right so much less often than its first line alone. */
export const BLOCK_CONFIDENCE = 0.8;

/**
 * Logistic regression weights, fitted on masked lines of 15 npm packages: eslint, typeorm, msal, grpc-js, highlight.js,
 * TypeScript's libraries, @angular/core, openai, webpack, mongoose, zod, vue, cheerio, undici, typescript-eslint.
 * `gateFeatures.ts` says what each feature is. Left out because they added nothing: same file and folder, distinct
 * files, kind of place, letters typed, repetition of a line, the runner-up's weight.
 */
export const GATE_WEIGHTS = {
  bias: 0.2,
  share: 0.75,
  lowestShare: 0.29,
  logExact: 0.41,
  reach: 0.44,
  agreement: 0.36,
  supporters: 0.48,
  characters: -0.57,
  tokens: -0.34,
  isPartial: 0.17,
  opensUnexpectedly: -0.51,
  unknownNames: -0.5,
  longestMatch: 0.39,
  shareOfLong: 0.51,
  renamedSupport: 0.67,
  endFit: 0.35,
  overcloses: -0.38,
} as const;

export type GateFeature = keyof typeof GATE_WEIGHTS;

export type GateFeatures = Readonly<Record<GateFeature, number>>;

/** The probability that a candidate with these features is exactly what comes next. */
export function confidenceOf(features: GateFeatures): number {
  let sum = 0;
  for (const [feature, weight] of Object.entries(GATE_WEIGHTS))
    sum += weight * features[feature as GateFeature];
  return 1 / (1 + Math.exp(-sum));
}

const MAX_EXACT = 16;
const MAX_REACH = 24;
const MAX_UNKNOWN = 4;

/** Describes a candidate to the gate. Counts and weights enter as logarithms, lengths in tens. */
export function gateFeatures(
  candidate: LineCandidate,
  text: string,
  site: CursorSite,
  around: Surroundings,
  kinds: WordKinds,
): GateFeatures {
  const { voters, words } = candidate;
  const matches = voters.map((voter) => voter.match);
  const exact = Math.min(greatest(matches.map((match) => match.exact)), MAX_EXACT);
  const share = Math.log(candidate.weight / candidate.totalWeight);
  const line = site.linePrefix + text;
  const unknown = words.filter((word) => kinds.of(word) >= NAME && !around.hasWord(word));
  return {
    bias: 1,
    share,
    lowestShare: Math.log(candidate.lowestShare),
    logExact: Math.log(1 + exact),
    reach: Math.min(greatest(matches.map((match) => match.exact + match.loose)), MAX_REACH) / 10,
    agreement: Math.log(1 + greatest(voters.map((voter) => voter.agreement))),
    supporters: Math.log(matches.length),
    characters: Math.log(text.trim().length + 1),
    tokens: Math.log(words.length),
    isPartial: candidate.isPartial ? 1 : 0,
    opensUnexpectedly: openBrackets(line) > 0 && !around.opensBlock ? 1 : 0,
    unknownNames: Math.min(unknown.length, MAX_UNKNOWN),
    longestMatch: Math.min(around.longestMatch, MAX_EXACT) / 10,
    shareOfLong: (share * exact) / 10,
    renamedSupport: voters.some((voter) => voter.isRenamed) ? 1 : 0,
    endFit: around.nextText === '' ? -1 : around.lineEndings.fit(line, around.nextText),
    overcloses: Math.min(surplusClosers(line.trim()), 3),
  };
}
