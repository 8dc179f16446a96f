import { GATE_FEATURES, type GateFeatures } from './gateFeatures.ts';
import fitted from './gateWeights.json' with { type: 'json' };

/**
 * A perceptron with one hidden layer of rectified units and a direct way past it. Every row has as many numbers as there
 * are inputs, the first `inputs` of `GATE_FEATURES`.
 */
export interface GateWeights {
  readonly bias: number;
  readonly direct: readonly number[];
  readonly hidden: readonly HiddenUnit[];
}

export interface HiddenUnit {
  readonly bias: number;
  /** What the unit adds to the outcome for each 1 that it gives. */
  readonly outcome: number;
  readonly weights: readonly number[];
}

/**
 * Fitted by `touchstone bench gate` to simulated typing of 24 public repositories in C, C++, C#, Java, JavaScript, Kotlin,
 * Python, Ruby, Rust, Scala, shell, Swift and TypeScript; docs/decisions/2026-12-01-the-part-that-is-sure.md has their names and figures.
 */
const GATES: { readonly part: GateWeights; readonly line: GateWeights } = fitted;

/** The features as the gates read them. */
export function gateInputs(features: GateFeatures): readonly number[] {
  return GATE_FEATURES.map((feature) => features[feature]);
}

/** The probability that what follows begins with this continuation. */
export function partConfidence(features: GateFeatures): number {
  return gateOutcome(GATES.part, gateInputs(features));
}

/** The probability that this continuation is exactly the rest of the line. */
export function lineConfidence(features: GateFeatures): number {
  return gateOutcome(GATES.line, gateInputs(features));
}

/** 0…1. Inputs beyond the gate's own are not read. */
export function gateOutcome({ bias, direct, hidden }: GateWeights, inputs: readonly number[]): number {
  let sum = bias + dot(direct, inputs);
  for (const unit of hidden) sum += unit.outcome * Math.max(0, unit.bias + dot(unit.weights, inputs));
  return 1 / (1 + Math.exp(-sum));
}

/** A keystroke takes some twenty thousand of these products: no iterator. */
function dot(weights: readonly number[], inputs: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += (weights[at] ?? 0) * (inputs[at] ?? 0);
  return sum;
}
