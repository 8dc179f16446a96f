import { GATE_FEATURES } from '../core/completion/gateFeatures.ts';
import type { GateExamples } from './perceptron.ts';

/** The last two features are for whole lines. */
const PART_FEATURES = GATE_FEATURES.length - 2;

/** What is learnt: whether a continuation is what comes next, or, where a line ends, whether it is the whole rest. */
export type GateTarget = 'part' | 'line';

interface ReadableExamples extends GateExamples {
  row(at: number): readonly number[];
}

/** Continuations as the gate sees them, a row each, with whether they were right. */
export class ContinuationExamples {
  #features = new Float32Array(1 << 20);
  readonly #folders: number[] = [];
  readonly #isRight: number[] = [];
  /** 2 where no line ends. */
  readonly #isLine: number[] = [];

  get count(): number {
    return this.#folders.length;
  }

  add(inputs: readonly number[], folder: number, isRight: boolean, isLine: boolean | undefined): void {
    const at = this.count * GATE_FEATURES.length;
    if (at + GATE_FEATURES.length > this.#features.length) {
      const grown = new Float32Array(2 * this.#features.length);
      grown.set(this.#features);
      this.#features = grown;
    }
    this.#features.set(inputs, at);
    this.#folders.push(folder);
    this.#isRight.push(Number(isRight));
    this.#isLine.push(isLine === undefined ? 2 : Number(isLine));
  }

  of(target: GateTarget): ReadableExamples {
    const stride = GATE_FEATURES.length;
    const features = this.#features;
    return {
      stride,
      width: target === 'part' ? PART_FEATURES : stride,
      features,
      isRight: Uint8Array.from(target === 'part' ? this.#isRight : this.#isLine),
      row: (at) => Array.from(features.subarray(at * stride, (at + 1) * stride)),
    };
  }

  rows(target: GateTarget, isIn: (folder: number) => boolean): Uint32Array {
    const rows: number[] = [];
    for (const [at, folder] of this.#folders.entries())
      if (isIn(folder) && (target === 'part' || this.#isLine[at] !== 2)) rows.push(at);
    return Uint32Array.from(rows);
  }
}
