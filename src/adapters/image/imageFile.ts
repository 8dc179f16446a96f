import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageCorruptError } from '../../core/errors/storeErrors.ts';
import type { ImagePart } from '../../core/memory/image.ts';
import type { ImageStore } from '../../core/ports/imageStore.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { TEMPORARY_SUFFIX } from '../durable/atomicWrite.ts';
import { errorCode } from '../durable/storageError.ts';
import {
  aligned,
  checksumOf,
  encodeHeader,
  HEADER_BYTES,
  type ImageDirectory,
  type StoredBytes,
  type StoredPages,
} from './imageFormat.ts';
import { sweepOwnFolder } from '../durable/ownPlace.ts';
import { openRegularFile } from '../durable/regularFile.ts';
import { openImage } from './openImage.ts';

const NAME = 'memory.image';

/**
 * Keeps the image in one file in `directory`. A file that was written only in part never gets the name; nothing waits
 * for the disk, as what a power failure spoils is noticed by its checksums. With `isReadOnly` the file stays as it is.
 */
export function createImageFile(directory: string, log: Logger, isReadOnly = false): ImageStore {
  const file = join(directory, NAME);
  return {
    async open(identity) {
      const handle = await openIfThere(file);
      if (handle === undefined) return undefined;
      const image = await openImage(handle, identity).catch((error: unknown) => {
        noteUnusable(error, log);
        return undefined;
      });
      if (image === undefined) await handle.close();
      return image;
    },
    async write(identity, parts, signal) {
      if (isReadOnly) return;
      // Left by a process that was killed. One that is still writing notices, and writes at another time.
      sweepOwnFolder(directory, [], (name) => name.startsWith(NAME) && name.endsWith(TEMPORARY_SUFFIX));
      const temporary = `${file}.${randomUUID()}${TEMPORARY_SUFFIX}`;
      try {
        await writeFile(temporary, identity, parts, signal);
        await rename(temporary, file);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw error;
      }
    },
    remove() {
      return new Promise((resolve) => {
        if (!isReadOnly) sweepOwnFolder(directory, [], (name) => name === NAME);
        resolve();
      });
    },
  };
}

/** Deletes an image and what is left of unfinished ones. */
export function removeImages(directory: string): void {
  sweepOwnFolder(directory, [], (name) => name.startsWith(NAME));
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await openRegularFile(file);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

function noteUnusable(error: unknown, log: Logger): void {
  if (!(error instanceof ImageCorruptError) && errorCode(error) === undefined) throw error;
  log.warn('The memory image of the index cannot be used and is made anew.', error);
}

async function writeFile(
  file: string,
  identity: string,
  parts: readonly ImagePart[],
  signal: AbortSignal,
): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await writeImage(handle, identity, parts, signal);
  } finally {
    await handle.close();
  }
}

/** Writes an image into an empty file. */
async function writeImage(
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
