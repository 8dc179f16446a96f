/**
 * A candidate is shown from this confidence on: two of three shown are then exactly what comes next, measured on
 * packages that took no part in fitting.
 */
export const DEFAULT_THRESHOLD = 0.25;

/** A block of lines is right so much less often than its first line alone. */
export const BLOCK_CONFIDENCE = 0.8;

/** Logistic regression weights; what each feature means is said in `gateFeatures.ts`. */
export const GATE_WEIGHTS = {
  bias: 0.69,
  share: 0.82,
  lowestShare: 0.19,
  firstShare: 0.2,
  rivalry: 0.12,
  exact: 0.26,
  logExact: 0.42,
  reach: 0.42,
  agreement: 0.32,
  supporters: 0.32,
  files: 0.04,
  isSameFile: -0.03,
  isSameFolder: -0.17,
  characters: -0.56,
  tokens: -0.37,
  isLineStart: 0,
  isPartial: 0.25,
  partialLength: -0.09,
  opensUnexpectedly: -0.47,
  missesOpening: -0.15,
  opensExpectedly: 0.1,
  unknownNames: -0.51,
  isKnownLine: -0.21,
  isNearbyLine: -0.2,
  longestMatch: 0.18,
  shorterBy: 0.07,
  shareOfLong: 0.64,
  isRenamed: 0.08,
  renamedSupport: 0.55,
  endFit: 0.34,
  overcloses: -0.32,
  weight: 0,
} as const;

export type GateFeature = keyof typeof GATE_WEIGHTS;
