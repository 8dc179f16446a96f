import type { DefinitionKind } from './definitionKind.ts';
import { CodedUint32 } from '../memory/codedUint32.ts';
import { assertImage, type ImageReader, type ImageWriter } from '../memory/image.ts';

/** What is remembered of one definition: its terms packed as in postings, `term << 8 | frequency`, each once. */
export interface DefinitionSketch {
  /** Those of the name first. */
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

/** Numbers by place, in memory or read when they are wanted. */
interface Numbers {
  at(index: number): number | undefined;
}

/**
 * The sketches of a file, in `data` from `start`: of each chunk, where its first definition is among the heads; of each
 * definition its head, `start in terms << 8 | kind << 5 | terms of the name`; the terms. Chunks and heads have one more at the end.
 */
interface FileSketches {
  readonly data: Numbers;
  readonly start: number;
  readonly chunks: number;
  readonly definitions: number;
  readonly terms: number;
}

/** The definitions of each chunk, to look at closely once the chunk is a candidate. */
export class DefinitionSketches {
  readonly #files = new Map<string, FileSketches>();
  readonly #restored: CodedUint32;

  constructor(image?: ImageReader) {
    const paths = image?.texts() ?? [];
    const sizes = image?.numbers() ?? new Uint32Array(0);
    const data = new CodedUint32(image);
    this.#restored = data;
    let start = 0;
    for (const [at, path] of paths.entries()) {
      const [chunks = 0, definitions = 0, terms = 0] = [sizes[at * 3], sizes[at * 3 + 1], sizes[at * 3 + 2]];
      const file = { data, start, chunks, definitions, terms };
      this.#files.set(path, file);
      start += sizeOf(file);
    }
    assertImage(start <= data.length && data.holdsFrom(0), 'definitions that are not there');
  }

  /** Each term is shown to `onTerm`, as often as it occurs. */
  *saveIncrementally(image: ImageWriter, onTerm: (term: number) => void): Generator<void> {
    const data = new CodedUint32();
    for (const file of this.#files.values()) {
      const size = sizeOf(file);
      const terms = termsAt(file);
      for (let at = 0; at < size; at++) {
        const number = file.data.at(file.start + at) ?? 0;
        data.push(number);
        if (at >= terms) onTerm(number >>> 8);
      }
      yield;
    }
    const files = [...this.#files.values()];
    image.texts([...this.#files.keys()]);
    image.numbers(
      Uint32Array.from(files.flatMap(({ chunks, definitions, terms }) => [chunks, definitions, terms])),
    );
    yield* data.packIncrementally();
    data.save(image);
  }

  /** Reads what of restored sketches is not in memory yet. */
  fetchIncrementally(): Generator<void> {
    return this.#restored.fetchIncrementally();
  }

  /** Bytes of those that were restored. */
  get heldBytes(): number {
    return this.#restored.heldBytes;
  }

  /** Sets the sketches of a file's chunks, in order. */
  set(path: string, chunks: readonly (readonly DefinitionSketch[])[]): void {
    const all = chunks.flat();
    if (all.length === 0) {
      this.#files.delete(path);
      return;
    }
    const terms = all.reduce((sum, sketch) => sum + sketch.terms.length, 0);
    const size = { start: 0, chunks: chunks.length, definitions: all.length, terms };
    const data = new Uint32Array(sizeOf(size));
    let definition = 0;
    for (const [at, sketches] of chunks.entries()) data[at + 1] = definition += sketches.length;
    let end = 0;
    for (const [at, sketch] of all.entries()) {
      data[headsAt(size) + at] = (end << 8) | (sketch.kind << KIND_SHIFT) | sketch.nameLength;
      data.set(sketch.terms, termsAt(size) + end);
      end += sketch.terms.length;
    }
    data[termsAt(size) - 1] = end << 8;
    this.#files.set(path, { data, ...size });
  }

  delete(path: string): void {
    this.#files.delete(path);
  }

  /** The definitions that begin in a chunk. */
  of(path: string, ordinal: number): readonly DefinitionSketch[] {
    const file = this.#files.get(path);
    if (file === undefined || ordinal >= file.chunks) return [];
    const { data, start } = file;
    const sketches: DefinitionSketch[] = [];
    for (let at = data.at(start + ordinal) ?? 0; at < (data.at(start + ordinal + 1) ?? 0); at++) {
      const head = data.at(start + headsAt(file) + at) ?? 0;
      const end = (data.at(start + headsAt(file) + at + 1) ?? 0) >>> 8;
      const terms = new Uint32Array(end - (head >>> 8));
      const from = start + termsAt(file) + (head >>> 8);
      for (let term = 0; term < terms.length; term++) terms[term] = data.at(from + term) ?? 0;
      const kind = ((head & 0xff) >>> KIND_SHIFT) as DefinitionKind;
      sketches.push({ terms, nameLength: head & NAME_LENGTH, kind });
    }
    return sketches;
  }
}

function headsAt({ chunks }: Pick<FileSketches, 'chunks'>): number {
  return chunks + 1;
}

function termsAt({ chunks, definitions }: Pick<FileSketches, 'chunks' | 'definitions'>): number {
  return chunks + 1 + definitions + 1;
}

function sizeOf(file: Omit<FileSketches, 'data'>): number {
  return termsAt(file) + file.terms;
}
