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
