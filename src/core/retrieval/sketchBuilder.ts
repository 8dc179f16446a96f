import type { DefinitionKind } from './definitionKind.ts';
import { MAX_SKETCH, type DefinitionSketch } from './definitionSketches.ts';

const MAX_FREQUENCY = 255;

/** Collects the terms of one definition after the other. */
export class SketchBuilder {
  readonly #isPart: (term: number) => boolean;
  readonly #counts = new Map<number, number>();

  /** Only terms that are a part of a word by itself (`isPart`) are kept: whole identifiers are found by words. */
  constructor(isPart: (term: number) => boolean) {
    this.#isPart = isPart;
  }

  /** Adds terms, the first added being kept first. */
  add(terms: readonly number[], times: number): void {
    for (const term of terms) {
      const before = this.#counts.get(term);
      if (before !== undefined) this.#counts.set(term, Math.min(MAX_FREQUENCY, before + times));
      else if (this.#counts.size < MAX_SKETCH && this.#isPart(term))
        this.#counts.set(term, Math.min(MAX_FREQUENCY, times));
    }
  }

  /** Terms so far. */
  get length(): number {
    return this.#counts.size;
  }

  /** The definition whose name the first `nameLength` terms are; begins a new one. */
  build(nameLength: number, kind: DefinitionKind): DefinitionSketch {
    const terms = Uint32Array.from(this.#counts, ([term, count]) => (term << 8) | count);
    this.#counts.clear();
    return { terms, nameLength, kind };
  }
}
