import { createRandom } from '../core/shared/random.ts';

const CENTRES = 256;
/** How far vectors lie around their centre, whose own numbers are about 1. */
const SPREAD = 1.2;

/** Unit vectors that gather around 256 centres, as those of code do around its topics; the same for the same seed. */
export class ClusteredVectors {
  readonly #dims: number;
  readonly #random: () => number;
  readonly #centres: Float32Array;
  /** Normal numbers come in pairs. */
  #spare: number | undefined;

  constructor(dims: number, seed: number) {
    this.#dims = dims;
    this.#random = createRandom(seed);
    this.#centres = Float32Array.from({ length: CENTRES * dims }, () => this.#normal());
  }

  next(): Float32Array {
    const centre = Math.floor(this.#random() * CENTRES) * this.#dims;
    const vector = new Float32Array(this.#dims);
    for (let at = 0; at < vector.length; at++) {
      vector[at] = (this.#centres[centre + at] ?? 0) + SPREAD * this.#normal();
    }
    // eslint-disable-next-line bounded/spread -- a vector has some thousand numbers at most
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  }

  /** A normally distributed number, by Box and Muller. */
  #normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(this.#random() + Number.EPSILON));
    const angle = 2 * Math.PI * this.#random();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
