import { Adam } from './adam.ts';
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
/** Of the squares of slopes, what stays from one step to the next. */
const VARIANCE = 0.999;

/**
 * Fits a gate to the examples of `rows` by stochastic descent of the logistic loss with Adam. Features are brought to mean 0 and variance 1 first; the weights returned are for features as they
 * are.
 */
export function fitPerceptron(
  examples: GateExamples,
  rows: Uint32Array,
  { hidden, epochs, seed }: PerceptronOptions,
): GateWeights {
  const random = createRandom(seed);
  const network = new Network(examples, rows, hidden, random);
  const adam = new Adam(network.weights, VARIANCE);
  const order = Uint32Array.from(rows);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    const rate = RATE * (1 - (0.5 * epoch) / epochs) * (epoch === epochs - 1 ? LAST_EPOCH : 1);
    for (let start = 0; start < order.length; start += BATCH)
      adam.step(network.gradientOf(order.subarray(start, start + BATCH)), rate);
  }
  return network.unscaled();
}

/** One hidden layer and a direct way past it, over features brought to mean 0 and variance 1. */
class Network {
  /** Hidden weights, hidden biases, outcomes, direct weights, bias. */
  readonly weights: Float64Array;
  readonly #examples: GateExamples;
  readonly #moments: Moments;
  readonly #hidden: number;
  readonly #biases: number;
  readonly #outcomes: number;
  readonly #direct: number;
  readonly #bias: number;
  readonly #gradient: Float64Array;
  readonly #input: Float64Array;
  /** What the hidden units give. */
  readonly #active: Float64Array;

  constructor(examples: GateExamples, rows: Uint32Array, hidden: number, random: () => number) {
    const { width } = examples;
    this.#examples = examples;
    this.#moments = momentsOf(examples, rows);
    this.#hidden = hidden;
    this.#biases = hidden * width;
    this.#outcomes = this.#biases + hidden;
    this.#direct = this.#outcomes + hidden;
    this.#bias = this.#direct + width;
    this.weights = new Float64Array(this.#bias + 1);
    for (let at = 0; at < this.#biases; at++) this.weights[at] = normal(random) / Math.sqrt(width);
    for (let unit = 0; unit < hidden; unit++)
      this.weights[this.#outcomes + unit] = normal(random) / Math.sqrt(hidden);
    this.#gradient = new Float64Array(this.weights.length);
    this.#input = new Float64Array(width);
    this.#active = new Float64Array(hidden);
  }

  /** Mean gradient of the loss over rows, decay included; the same array each time. */
  gradientOf(rows: Uint32Array): Float64Array {
    const gradient = this.#gradient.fill(0);
    for (const row of rows) {
      this.#read(row);
      this.#backward(this.#forward() - (this.#examples.isRight[row] ?? 0));
    }
    for (let at = 0; at < gradient.length; at++)
      gradient[at] = (gradient[at] ?? 0) / rows.length + DECAY * (this.weights[at] ?? 0);
    return gradient;
  }

  #read(row: number): void {
    const { features, stride, width } = this.#examples;
    const { mean, deviation } = this.#moments;
    for (let k = 0; k < width; k++)
      this.#input[k] = ((features[row * stride + k] ?? 0) - (mean[k] ?? 0)) / (deviation[k] ?? 1);
  }

  /** The probability of being right. */
  #forward(): number {
    let sum = (this.weights[this.#bias] ?? 0) + this.#dot(this.#direct);
    for (let unit = 0; unit < this.#hidden; unit++) {
      const z = Math.max(0, (this.weights[this.#biases + unit] ?? 0) + this.#dot(unit * this.#input.length));
      this.#active[unit] = z;
      sum += z * (this.weights[this.#outcomes + unit] ?? 0);
    }
    return 1 / (1 + Math.exp(-sum));
  }

  #backward(error: number): void {
    this.#add(this.#bias, error);
    this.#addInput(this.#direct, error);
    for (let unit = 0; unit < this.#hidden; unit++) {
      const z = this.#active[unit] ?? 0;
      if (z === 0) continue;
      this.#add(this.#outcomes + unit, error * z);
      const back = error * (this.weights[this.#outcomes + unit] ?? 0);
      this.#add(this.#biases + unit, back);
      this.#addInput(unit * this.#input.length, back);
    }
  }

  #dot(from: number): number {
    let sum = 0;
    for (let k = 0; k < this.#input.length; k++) sum += (this.weights[from + k] ?? 0) * (this.#input[k] ?? 0);
    return sum;
  }

  #add(at: number, value: number): void {
    this.#gradient[at] = (this.#gradient[at] ?? 0) + value;
  }

  #addInput(from: number, factor: number): void {
    for (let k = 0; k < this.#input.length; k++) this.#add(from + k, factor * (this.#input[k] ?? 0));
  }

  /** The weights for features as they are. */
  unscaled(): GateWeights {
    const direct = this.#unscaledRow(this.#direct);
    return {
      bias: (this.weights[this.#bias] ?? 0) + direct.shift,
      direct: direct.weights,
      hidden: Array.from({ length: this.#hidden }, (_, unit) => {
        const { shift, weights } = this.#unscaledRow(unit * this.#input.length);
        return {
          bias: (this.weights[this.#biases + unit] ?? 0) + shift,
          outcome: this.weights[this.#outcomes + unit] ?? 0,
          weights,
        };
      }),
    };
  }

  #unscaledRow(from: number): { readonly shift: number; readonly weights: readonly number[] } {
    const { mean, deviation } = this.#moments;
    const weights = Array.from(mean, (_, k) => (this.weights[from + k] ?? 0) / (deviation[k] ?? 1));
    return { shift: -weights.reduce((sum, weight, k) => sum + weight * (mean[k] ?? 0), 0), weights };
  }
}

interface Moments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

function momentsOf(
  { features, width, stride }: Pick<GateExamples, 'features' | 'width' | 'stride'>,
  rows: Uint32Array,
): Moments {
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
