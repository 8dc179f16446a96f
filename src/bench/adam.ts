const MOMENTUM = 0.9;
const TINY = 1e-8;

/** Descends a slope in steps that fit each weight: Adam (Kingma and Ba, 2015, arXiv:1412.6980). Changes the weights it is given. */
export class Adam {
  readonly #weights: Float64Array;
  /** Of the squares of slopes, what stays from one step to the next. */
  readonly #decay: number;
  readonly #mean: Float64Array;
  readonly #variance: Float64Array;
  #steps = 0;

  constructor(weights: Float64Array, decay: number) {
    this.#weights = weights;
    this.#decay = decay;
    this.#mean = new Float64Array(weights.length);
    this.#variance = new Float64Array(weights.length);
  }

  step(gradient: Float64Array, rate: number): void {
    this.#steps++;
    const [first, second] = [1 - MOMENTUM ** this.#steps, 1 - this.#decay ** this.#steps];
    for (let at = 0; at < gradient.length; at++) {
      const slope = gradient[at] ?? 0;
      const mean = MOMENTUM * (this.#mean[at] ?? 0) + (1 - MOMENTUM) * slope;
      const variance = this.#decay * (this.#variance[at] ?? 0) + (1 - this.#decay) * slope * slope;
      this.#mean[at] = mean;
      this.#variance[at] = variance;
      this.#weights[at] =
        (this.#weights[at] ?? 0) - (rate * (mean / first)) / (Math.sqrt(variance / second) + TINY);
    }
  }
}
