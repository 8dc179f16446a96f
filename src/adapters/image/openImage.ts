import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { ImageCorruptError } from '../../core/errors/storeErrors.ts';
import type { StoredPart } from '../../core/memory/image.ts';
import type { PageSource } from '../../core/memory/pages.ts';
import type { StoredImage } from '../../core/ports/imageStore.ts';
import {
  ALIGNMENT,
  checksumOf,
  decodeHeader,
  HEADER_BYTES,
  type ImageDirectory,
  type ImageHeader,
  MAX_PAGES,
  PAGE_BYTES,
  type StoredBytes,
  type StoredPages,
} from './imageFormat.ts';

/** How what is read at once is divided: reads of several parts run beside each other. */
const READ_BYTES = 2 ** 23;

/**
 * Opens the image in a file that holds nothing else, which then belongs to the result. `undefined` when it has another
 * identity or is of another version; throws a `ImageCorruptError` when it is damaged.
 */
export async function openImage(file: FileHandle, identity: string): Promise<StoredImage | undefined> {
  const head = await readAt(file, 0, HEADER_BYTES);
  const header = decodeHeader(head);
  if (header === undefined) return undefined;
  const directory = await readDirectory(file, header);
  if (directory.identity !== identity) return undefined;
  // Each into memory of its own: most are of no use any more once something was made of them.
  const parts = await Promise.all(
    directory.parts.map(async (part): Promise<StoredPart> =>
      'crcs' in part ? new StoredPageSource(file.fd, part) : readPart(file, part),
    ),
  );
  return { parts, close: () => file.close() };
}

async function readDirectory(file: FileHandle, header: ImageHeader): Promise<ImageDirectory> {
  if (header.directoryBytes > MAX_DIRECTORY_BYTES || header.bytesEnd > MAX_BYTES) throw damaged('lengths');
  const { size } = await file.stat();
  if (Math.max(header.bytesEnd, header.directoryAt + header.directoryBytes) > size)
    throw damaged('cut short');
  const bytes = await readAt(file, header.directoryAt, header.directoryBytes);
  if (checksumOf(bytes) !== header.crc) throw damaged('directory');
  const directory = parsed(bytes);
  if (!isSound(directory, header.bytesEnd, size)) throw damaged('directory');
  return directory;
}

/** More than the parts that are bytes take in the largest of folders. */
const MAX_BYTES = 2 ** 29;
const MAX_DIRECTORY_BYTES = 2 ** 24;
const MAX_PARTS = 1_000;

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new ImageCorruptError('directory', { cause: error });
  }
}

/** Whether the parts lie in the file, and together are not more than it is. */
function isSound(directory: unknown, bytesEnd: number, size: number): directory is ImageDirectory {
  const { identity, parts } = (directory ?? {}) as { readonly identity?: unknown; readonly parts?: unknown };
  if (typeof identity !== 'string' || !Array.isArray(parts) || parts.length > MAX_PARTS) return false;
  let [bytesLeft, pagesLeft] = [bytesEnd, size - bytesEnd];
  return (parts as readonly (Partial<StoredBytes & StoredPages> | null)[]).every((part) => {
    const { at = -1, bytes = -1, crcs } = part ?? {};
    if (!isOffset(at) || at % ALIGNMENT !== 0) return false;
    if (crcs === undefined) {
      bytesLeft -= bytes;
      return isOffset(bytes) && at + bytes <= bytesEnd && bytesLeft >= 0;
    }
    if (!Array.isArray(crcs) || crcs.length > MAX_PAGES) return false;
    const pageBytes = crcs.filter((crc) => crc !== null).length * PAGE_BYTES;
    pagesLeft -= pageBytes;
    return at + pageBytes <= size && pagesLeft >= 0;
  });
}

function isOffset(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

async function readPart(file: FileHandle, { at, bytes, crc }: StoredBytes): Promise<Uint8Array> {
  const part = await readAt(file, at, bytes);
  if (checksumOf(part) !== crc) throw damaged(`bytes at ${at}`);
  return part;
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const reads: Promise<void>[] = [];
  for (let from = 0; from < length; from += READ_BYTES) {
    reads.push(readInto(file, bytes.subarray(from, from + READ_BYTES), at + from));
  }
  await Promise.all(reads);
  return bytes;
}

async function readInto(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, at + done);
    if (bytesRead === 0) throw damaged('cut short');
    done += bytesRead;
  }
}

function damaged(problem: string): ImageCorruptError {
  return new ImageCorruptError(problem);
}

/** Reads pages from an open image file, each checked. */
class StoredPageSource implements PageSource {
  readonly #fd: number;
  readonly #crcs: StoredPages['crcs'];
  /** By page: its place in the file. */
  readonly #places: readonly number[];

  constructor(fd: number, { at, crcs }: StoredPages) {
    this.#fd = fd;
    this.#crcs = crcs;
    let next = at;
    this.#places = crcs.map((crc) => (crc === null ? next : (next += PAGE_BYTES) - PAGE_BYTES));
  }

  get count(): number {
    return this.#crcs.length;
  }

  has(page: number): boolean {
    return typeof this.#crcs[page] === 'number';
  }

  read(page: number): Uint32Array {
    const numbers = new Uint32Array(PAGE_BYTES / Uint32Array.BYTES_PER_ELEMENT);
    const bytes = new Uint8Array(numbers.buffer);
    try {
      const count = readSync(this.#fd, bytes, 0, PAGE_BYTES, this.#places[page] ?? 0);
      if (count === PAGE_BYTES && checksumOf(bytes) === this.#crcs[page]) return numbers;
    } catch (error) {
      throw new ImageCorruptError('a page cannot be read', { cause: error });
    }
    throw new ImageCorruptError('wrong checksum of a page');
  }
}
