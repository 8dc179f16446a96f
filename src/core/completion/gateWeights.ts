/**
 * A candidate is shown from this confidence on: two of three shown are then exactly what comes next, measured on
 * packages that took no part in fitting.
 */
export const DEFAULT_THRESHOLD = 0.25;

/** Logistic regression weights; what each feature means is said in `gateFeatures.ts`. */
export const GATE_WEIGHTS = {
  bias: 0.04,
  share: 0.84,
  lowestShare: 0.32,
  firstShare: 0.14,
  rivalry: 0.31,
  exact: 0.33,
  logExact: 0.46,
  reach: 0.34,
  agreement: 0.52,
  supporters: 0.38,
  files: -0.04,
  isSameFile: -0.11,
  isSameFolder: -0.17,
  characters: -0.65,
  tokens: -0.31,
  isLineStart: -0.01,
  isPartial: 0.33,
  partialLength: -0.07,
  opensUnexpectedly: -0.88,
  missesOpening: -0.45,
  opensExpectedly: 0.17,
  unknownNames: -0.5,
  isKnownLine: -0.15,
  isNearbyLine: -0.14,
  longestMatch: 0.23,
  shorterBy: 0.02,
  shareOfLong: 0.63,
  weight: -0.01,
} as const;

export type GateFeature = keyof typeof GATE_WEIGHTS;
