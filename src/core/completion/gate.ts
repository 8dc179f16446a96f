import { GATE_WEIGHTS, type GateFeature } from './gateWeights.ts';

export type GateFeatures = Readonly<Record<GateFeature, number>>;

/** The probability that a candidate with these features is exactly what comes next. */
export function confidenceOf(features: GateFeatures): number {
  let sum = 0;
  for (const [feature, weight] of Object.entries(GATE_WEIGHTS))
    sum += weight * features[feature as GateFeature];
  return 1 / (1 + Math.exp(-sum));
}
