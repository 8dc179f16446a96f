/**
 * A candidate is shown from this confidence on: two of three shown are then exactly what comes next, measured on
 * packages that took no part in fitting.
 */
export const DEFAULT_THRESHOLD = 0.3;

/** Logistic regression weights; what each feature means is said in `gateFeatures.ts`. */
export const GATE_WEIGHTS = {
  bias: -0.43,
  share: 0.98,
  lowestShare: 0.16,
  firstShare: 0.17,
  rivalry: 0.51,
  exact: 0.18,
  logExact: 0.32,
  reach: 0.47,
  agreement: 0.86,
  supporters: 0.24,
  files: 0.06,
  isSameFile: 0.01,
  isSameFolder: 0.01,
  characters: -0.5,
  tokens: -0.29,
  isLineStart: -0.38,
  isPartial: 0.2,
  partialLength: -0.08,
  opensUnexpectedly: -0.92,
  missesOpening: -0.69,
  opensExpectedly: 0.35,
  unknownNames: -0.57,
  isKnownLine: -0.21,
  isNearbyLine: -0.29,
  longestMatch: 0.18,
  shorterBy: 0.17,
  shareOfLong: 0.6,
  weight: -0.41,
} as const;

export type GateFeature = keyof typeof GATE_WEIGHTS;
