import { crc32 } from 'node:zlib';

/**
 * Layout of an image file, in the machine's byte order (a foreign order fails on the magic number): the header, the
 * parts that are bytes, then the pages of those that are not, each from a multiple of `ALIGNMENT`; last the directory,
 * which is JSON. Header, in 32-bit words: `magic, version, CRC-32 of the directory, its bytes, its place (low, high),
 * end of the bytes (low, high)`.
 */
export interface ImageDirectory {
  readonly identity: string;
  /** By part. */
  readonly parts: readonly (StoredBytes | StoredPages)[];
}

export interface StoredBytes {
  readonly at: number;
  readonly bytes: number;
  readonly crc: number;
}

/** Pages one after the other; those that were dropped are left out. */
export interface StoredPages {
  readonly at: number;
  /** By page, `null` for one that was dropped. */
  readonly crcs: readonly (number | null)[];
}

export interface ImageHeader {
  readonly crc: number;
  readonly directoryBytes: number;
  readonly directoryAt: number;
  /** End of the parts that are bytes. */
  readonly bytesEnd: number;
}

/** 65,536 numbers of 32 bits; see `core/memory/pages.ts`. */
export const PAGE_BYTES = 2 ** 18;
/** Numbers of 32 bits have no more addresses. */
export const MAX_PAGES = 2 ** 16;
export const HEADER_BYTES = 32;
const MAGIC = 0x494d4854; // 'THMI' in little-endian files
const VERSION = 1;
export const ALIGNMENT = 8;

export function aligned(at: number): number {
  return Math.ceil(at / ALIGNMENT) * ALIGNMENT;
}

export function checksumOf(bytes: Uint8Array): number {
  return crc32(bytes);
}

export function encodeHeader({ crc, directoryBytes, directoryAt, bytesEnd }: ImageHeader): Uint8Array {
  const [high, endHigh] = [directoryAt / 2 ** 32, bytesEnd / 2 ** 32];
  const words = [MAGIC, VERSION, crc, directoryBytes, directoryAt, high, bytesEnd, endHigh];
  return new Uint8Array(Uint32Array.from(words).buffer);
}

/** `undefined` for bytes that begin no image of this version. `header` has `HEADER_BYTES`, aligned for numbers. */
export function decodeHeader(header: Uint8Array): ImageHeader | undefined {
  const words = new Uint32Array(header.buffer, header.byteOffset, HEADER_BYTES / 4);
  const [magic, version, crc = 0, directoryBytes = 0, low = 0, high = 0, endLow = 0, endHigh = 0] = words;
  if (magic !== MAGIC || version !== VERSION) return undefined;
  return { crc, directoryBytes, directoryAt: high * 2 ** 32 + low, bytesEnd: endHigh * 2 ** 32 + endLow };
}
