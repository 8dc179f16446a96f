import { createRandom } from '../core/shared/random.ts';
import type { GateWeights } from '../core/completion/gate.ts';

/** What a gate learns from: rows of features, each with whether it was right. */
export interface GateExamples {
  /** Features of a row that are learnt from: its first ones. */
  readonly width: number;
  /** Features of a row. */
  readonly stride: number;
  readonly features: Float32Array;
  readonly isRight: Uint8Array;
}

export interface PerceptronOptions {
  readonly hidden: number;
  readonly epochs: number;
  readonly seed: number;
}

const BATCH = 4096;
const RATE = 3e-3;
/** The last epoch goes in small steps, which settles what the earlier ones found. */
const LAST_EPOCH = 0.1;
const DECAY = 1e-5;
const MOMENTUM = 0.9;
const VARIANCE = 0.999;
const TINY = 1e-8;

/**
 * Fits a gate to the examples of `rows` by stochastic descent of the logistic loss with Adam (Kingma and Ba, 2015,
 * arXiv:1412.6980). Features are brought to mean 0 and variance 1 first; the weights returned are for features as they
 * are.
 */
export function fitPerceptron(
  { width, stride, features, isRight }: GateExamples,
  rows: Uint32Array,
  { hidden, epochs, seed }: PerceptronOptions,
): GateWeights {
  const { mean, deviation } = momentsOf({ features, width, stride }, rows);
  const random = createRandom(seed);
  // Hidden weights, hidden biases, outcomes, direct weights, bias.
  const [biases, outcomes, direct] = [hidden * width, hidden * width + hidden, hidden * width + 2 * hidden];
  const bias = direct + width;
  const weights = new Float64Array(bias + 1);
  for (let at = 0; at < biases; at++) weights[at] = normal(random) / Math.sqrt(width);
  for (let unit = 0; unit < hidden; unit++) weights[outcomes + unit] = normal(random) / Math.sqrt(hidden);
  const gradient = new Float64Array(weights.length);
  const adam = new Adam(weights);
  const order = Uint32Array.from(rows);
  const input = new Float64Array(width);
  const active = new Float64Array(hidden);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    const rate = RATE * (1 - (0.5 * epoch) / epochs) * (epoch === epochs - 1 ? LAST_EPOCH : 1);
    for (let start = 0; start < order.length; start += BATCH) {
      const end = Math.min(order.length, start + BATCH);
      gradient.fill(0);
      for (let n = start; n < end; n++) {
        const row = order[n] ?? 0;
        for (let k = 0; k < width; k++)
          input[k] = ((features[row * stride + k] ?? 0) - (mean[k] ?? 0)) / (deviation[k] ?? 1);
        let sum = weights[bias] ?? 0;
        for (let k = 0; k < width; k++) sum += (weights[direct + k] ?? 0) * (input[k] ?? 0);
        for (let unit = 0; unit < hidden; unit++) {
          let z = weights[biases + unit] ?? 0;
          const from = unit * width;
          for (let k = 0; k < width; k++) z += (weights[from + k] ?? 0) * (input[k] ?? 0);
          active[unit] = z > 0 ? z : 0;
          if (z > 0) sum += z * (weights[outcomes + unit] ?? 0);
        }
        const error = 1 / (1 + Math.exp(-sum)) - (isRight[row] ?? 0);
        gradient[bias] = (gradient[bias] ?? 0) + error;
        for (let k = 0; k < width; k++)
          gradient[direct + k] = (gradient[direct + k] ?? 0) + error * (input[k] ?? 0);
        for (let unit = 0; unit < hidden; unit++) {
          const z = active[unit] ?? 0;
          if (z === 0) continue;
          gradient[outcomes + unit] = (gradient[outcomes + unit] ?? 0) + error * z;
          const back = error * (weights[outcomes + unit] ?? 0);
          gradient[biases + unit] = (gradient[biases + unit] ?? 0) + back;
          const from = unit * width;
          for (let k = 0; k < width; k++)
            gradient[from + k] = (gradient[from + k] ?? 0) + back * (input[k] ?? 0);
        }
      }
      for (let at = 0; at < gradient.length; at++)
        gradient[at] = (gradient[at] ?? 0) / (end - start) + DECAY * (weights[at] ?? 0);
      adam.step(gradient, rate);
    }
  }
  return unscaled();

  function unscaled(): GateWeights {
    const scaled = (from: number): { bias: number; weights: number[] } => {
      let shift = 0;
      const own = Array.from({ length: width }, (_, k) => {
        const weight = (weights[from + k] ?? 0) / (deviation[k] ?? 1);
        shift -= weight * (mean[k] ?? 0);
        return weight;
      });
      return { bias: shift, weights: own };
    };
    const way = scaled(direct);
    return {
      bias: (weights[bias] ?? 0) + way.bias,
      direct: way.weights,
      hidden: Array.from({ length: hidden }, (_, unit) => {
        const own = scaled(unit * width);
        return {
          bias: (weights[biases + unit] ?? 0) + own.bias,
          outcome: weights[outcomes + unit] ?? 0,
          weights: own.weights,
        };
      }),
    };
  }
}

class Adam {
  readonly #weights: Float64Array;
  readonly #mean: Float64Array;
  readonly #variance: Float64Array;
  #steps = 0;

  constructor(weights: Float64Array) {
    this.#weights = weights;
    this.#mean = new Float64Array(weights.length);
    this.#variance = new Float64Array(weights.length);
  }

  step(gradient: Float64Array, rate: number): void {
    this.#steps++;
    const [first, second] = [1 - MOMENTUM ** this.#steps, 1 - VARIANCE ** this.#steps];
    for (let at = 0; at < gradient.length; at++) {
      const slope = gradient[at] ?? 0;
      const mean = MOMENTUM * (this.#mean[at] ?? 0) + (1 - MOMENTUM) * slope;
      const variance = VARIANCE * (this.#variance[at] ?? 0) + (1 - VARIANCE) * slope * slope;
      this.#mean[at] = mean;
      this.#variance[at] = variance;
      this.#weights[at] =
        (this.#weights[at] ?? 0) - (rate * (mean / first)) / (Math.sqrt(variance / second) + TINY);
    }
  }
}

function momentsOf(
  { features, width, stride }: Pick<GateExamples, 'features' | 'width' | 'stride'>,
  rows: Uint32Array,
): { readonly mean: Float64Array; readonly deviation: Float64Array } {
  const [sum, squares] = [new Float64Array(width), new Float64Array(width)];
  for (const row of rows) {
    for (let k = 0; k < width; k++) {
      const value = features[row * stride + k] ?? 0;
      sum[k] = (sum[k] ?? 0) + value;
      squares[k] = (squares[k] ?? 0) + value * value;
    }
  }
  const mean = sum.map((total) => total / Math.max(1, rows.length));
  const deviation = squares.map(
    (total, k) => Math.sqrt(Math.max(0, total / Math.max(1, rows.length) - (mean[k] ?? 0) ** 2)) + 1e-6,
  );
  return { mean, deviation };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
}

/** Box and Muller, 1958. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
