import { ImageCorruptError } from '../errors/storeErrors.ts';
import { MAX_PAGES, Pages, type PageSource } from './pages.ts';

/**
 * An image is what a part of the program holds in memory, as it can be kept in a file: a list of parts, written one
 * after the other and read in the same order. Numbers are in the machine's byte order.
 */
export type ImagePart = Uint8Array | Pages;

/** A part as it comes back: its bytes, aligned for 32-bit numbers, or where its pages are read from. */
export type StoredPart = Uint8Array | PageSource;

/** Collects the parts of an image. What it is given must stay as it is until the image is written. */
export class ImageWriter {
  readonly parts: ImagePart[] = [];

  numbers(values: Uint32Array): void {
    this.bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  bytes(values: Uint8Array): void {
    this.parts.push(values);
  }

  texts(values: readonly string[]): void {
    this.bytes(new TextEncoder().encode(JSON.stringify(values)));
  }

  pages(pages: Pages): void {
    this.parts.push(pages);
  }
}

/** Whoever restores from an image asks this of what is in it: a checksum vouches for what was written, not for who wrote it. */
export function assertImage(isSound: boolean, what: string): asserts isSound {
  if (!isSound) throw new ImageCorruptError(what);
}

/**
 * Gives back the parts of an image: each call must be the counterpart of the one that wrote the part. Throws an
 * `ImageCorruptError` for a part of another kind; what the numbers are is for the caller to look at.
 */
export class ImageReader {
  readonly #parts: Iterator<StoredPart>;

  constructor(parts: Iterable<StoredPart>) {
    this.#parts = parts[Symbol.iterator]();
  }

  numbers(): Uint32Array {
    const { buffer, byteOffset, byteLength } = this.bytes();
    assertImage(byteOffset % 4 === 0 && byteLength % 4 === 0, 'numbers in pieces');
    return new Uint32Array(buffer, byteOffset, byteLength / Uint32Array.BYTES_PER_ELEMENT);
  }

  bytes(): Uint8Array {
    const part = this.#next();
    if (part instanceof Uint8Array) return part;
    throw new ImageCorruptError('pages where bytes were expected');
  }

  texts(): readonly string[] {
    const bytes = this.bytes();
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder().decode(bytes));
    } catch (error) {
      throw new ImageCorruptError('texts that cannot be read', { cause: error });
    }
    assertImage(Array.isArray(value) && value.every((text) => typeof text === 'string'), 'no texts');
    return value;
  }

  pages(): Pages {
    const part = this.#next();
    assertImage(!(part instanceof Uint8Array), 'bytes where pages were expected');
    assertImage(part.count <= MAX_PAGES, 'too many pages');
    return new Pages(part);
  }

  #next(): StoredPart {
    const next = this.#parts.next();
    if (next.done === true) throw new ImageCorruptError('fewer parts than expected');
    return next.value;
  }
}
