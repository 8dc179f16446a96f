/**
 * A candidate is shown from this confidence on: two of three shown are then exactly what comes next, measured on
 * packages that took no part in fitting.
 */
export const DEFAULT_THRESHOLD = 0.3;

/** Logistic regression weights; what each feature means is said in `gateFeatures.ts`. */
export const GATE_WEIGHTS = {
  bias: -0.19,
  share: 0.93,
  lowestShare: 0.22,
  firstShare: 0.16,
  rivalry: 0.47,
  exact: 0.2,
  logExact: 0.35,
  reach: 0.45,
  agreement: 0.86,
  supporters: 0.31,
  files: 0.03,
  isSameFile: -0.04,
  isSameFolder: -0.01,
  characters: -0.63,
  tokens: -0.31,
  isLineStart: -0.12,
  isPartial: 0.26,
  partialLength: -0.08,
  opensUnexpectedly: -1,
  missesOpening: -0.53,
  opensExpectedly: 0.28,
  unknownNames: -0.52,
  isKnownLine: -0.12,
  isNearbyLine: 0.04,
  longestMatch: 0.2,
  shorterBy: 0.19,
  shareOfLong: 0.58,
  weight: -0.45,
} as const;

export type GateFeature = keyof typeof GATE_WEIGHTS;
