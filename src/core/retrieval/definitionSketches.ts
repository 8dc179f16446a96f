import type { DefinitionKind } from './definitionKind.ts';

/** What is remembered of one definition: its terms packed as in postings, `term << 8 | frequency`, each once. */
export interface DefinitionSketch {
  /** A window into shared memory: the terms of the name first. */
  readonly terms: Uint32Array;
  /** How many of them are the name's. */
  readonly nameLength: number;
  readonly kind: DefinitionKind;
}

/** Terms kept of a definition. As many more gain nothing: MRR .5221 with all of eight lines, .5205 with 24 terms. */
export const MAX_SKETCH = 24;

const KIND_SHIFT = 5;
/** Room for `MAX_SKETCH`. */
const NAME_LENGTH = 2 ** KIND_SHIFT - 1;

interface FileSketches {
  /** By chunk: where its first definition is in `heads`. One more than there are chunks. */
  readonly chunks: Uint32Array;
  /** By definition: `start in terms << 8 | kind << 5 | terms of the name`. One more than there are definitions. */
  readonly heads: Uint32Array;
  readonly terms: Uint32Array;
}

/** The definitions of each chunk, to look at closely once the chunk is a candidate. */
export class DefinitionSketches {
  readonly #files = new Map<string, FileSketches>();

  /** Sets the sketches of a file's chunks, in order. */
  set(path: string, chunks: readonly (readonly DefinitionSketch[])[]): void {
    const all = chunks.flat();
    const heads = new Uint32Array(all.length + 1);
    const terms = new Uint32Array(all.reduce((sum, sketch) => sum + sketch.terms.length, 0));
    let length = 0;
    for (const [at, sketch] of all.entries()) {
      heads[at] = (length << 8) | (sketch.kind << KIND_SHIFT) | sketch.nameLength;
      terms.set(sketch.terms, length);
      length += sketch.terms.length;
    }
    heads[all.length] = length << 8;
    const starts = new Uint32Array(chunks.length + 1);
    for (const [at, sketches] of chunks.entries()) starts[at + 1] = (starts[at] ?? 0) + sketches.length;
    this.#files.set(path, { chunks: starts, heads, terms });
  }

  delete(path: string): void {
    this.#files.delete(path);
  }

  /** The definitions that begin in a chunk. */
  of(path: string, ordinal: number): readonly DefinitionSketch[] {
    const file = this.#files.get(path);
    if (file === undefined) return [];
    const sketches: DefinitionSketch[] = [];
    for (let at = file.chunks[ordinal] ?? 0; at < (file.chunks[ordinal + 1] ?? 0); at++) {
      const head = file.heads[at] ?? 0;
      const end = (file.heads[at + 1] ?? 0) >>> 8;
      sketches.push({
        terms: file.terms.subarray(head >>> 8, end),
        nameLength: head & NAME_LENGTH,
        kind: ((head & 0xff) >>> KIND_SHIFT) as DefinitionKind,
      });
    }
    return sketches;
  }
}
