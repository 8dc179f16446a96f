/**
 * A candidate is shown from this confidence on: two of three shown are then exactly what comes next, measured on
 * packages that took no part in fitting.
 */
export const DEFAULT_THRESHOLD = 0.25;

/** Logistic regression weights; what each feature means is said in `gateFeatures.ts`. */
export const GATE_WEIGHTS = {
  bias: -0.02,
  share: 0.81,
  lowestShare: 0.14,
  firstShare: 0.2,
  rivalry: 0.07,
  exact: 0.2,
  logExact: 0.43,
  reach: 0.45,
  agreement: 0.41,
  supporters: 0.36,
  files: -0.02,
  isSameFile: -0.01,
  isSameFolder: -0.17,
  characters: -0.53,
  tokens: -0.37,
  isLineStart: -0.02,
  isPartial: 0.25,
  partialLength: -0.07,
  opensUnexpectedly: -0.86,
  missesOpening: -0.53,
  opensExpectedly: 0.17,
  unknownNames: -0.51,
  isKnownLine: -0.18,
  isNearbyLine: -0.21,
  longestMatch: 0.2,
  shorterBy: 0.04,
  shareOfLong: 0.63,
  isRenamed: 0.09,
  renamedSupport: 0.55,
  endFit: 0,
  overcloses: 0,
  weight: 0.09,
} as const;

export type GateFeature = keyof typeof GATE_WEIGHTS;
