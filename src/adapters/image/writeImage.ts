import type { FileHandle } from 'node:fs/promises';
import type { ImagePart } from '../../core/memory/image.ts';
import {
  aligned,
  checksumOf,
  encodeHeader,
  HEADER_BYTES,
  type ImageDirectory,
  type StoredBytes,
  type StoredPages,
} from './imageFormat.ts';

/** Writes an image into an empty file. */
export async function writeImage(
  file: FileHandle,
  identity: string,
  parts: readonly ImagePart[],
  signal: AbortSignal,
): Promise<void> {
  const writing = new ImageWriting(file, signal);
  const stored = new Map<ImagePart, StoredBytes | StoredPages>();
  for (const part of parts) if (part instanceof Uint8Array) stored.set(part, await writing.bytes(part));
  const bytesEnd = writing.end;
  for (const part of parts) if (!(part instanceof Uint8Array)) stored.set(part, await writing.pages(part));
  const directory: ImageDirectory = { identity, parts: parts.flatMap((part) => stored.get(part) ?? []) };
  const { at, bytes, crc } = await writing.bytes(new TextEncoder().encode(JSON.stringify(directory)));
  await writing.header(encodeHeader({ crc, directoryBytes: bytes, directoryAt: at, bytesEnd }));
}

class ImageWriting {
  readonly #file: FileHandle;
  readonly #signal: AbortSignal;
  #end = HEADER_BYTES;

  constructor(file: FileHandle, signal: AbortSignal) {
    this.#file = file;
    this.#signal = signal;
  }

  get end(): number {
    return this.#end;
  }

  async bytes(part: Uint8Array): Promise<StoredBytes> {
    const at = aligned(this.#end);
    await this.#write(part, at);
    return { at, bytes: part.length, crc: checksumOf(part) };
  }

  async pages(part: Exclude<ImagePart, Uint8Array>): Promise<StoredPages> {
    const at = aligned(this.#end);
    this.#end = at;
    const crcs: (number | null)[] = [];
    for (let number = 0; number < part.count; number++) {
      const page = part.at(number);
      if (page === undefined) {
        crcs.push(null);
        continue;
      }
      const bytes = new Uint8Array(page.buffer, page.byteOffset, page.byteLength);
      await this.#write(bytes, this.#end);
      crcs.push(checksumOf(bytes));
    }
    return { at, crcs };
  }

  async header(bytes: Uint8Array): Promise<void> {
    await this.#file.write(bytes, 0, bytes.length, 0);
  }

  async #write(bytes: Uint8Array, at: number): Promise<void> {
    this.#signal.throwIfAborted();
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
    this.#end = at + bytes.length;
  }
}
