import type { FileHandle } from 'node:fs/promises';
import type { StoredPart } from '../../core/memory/image.ts';
import { ImageCorruptError } from '../../core/errors/storeErrors.ts';
import type { StoredImage } from '../../core/ports/imageStore.ts';
import {
  checksumOf,
  decodeHeader,
  HEADER_BYTES,
  type ImageDirectory,
  type ImageHeader,
  type StoredBytes,
} from './imageFormat.ts';
import { StoredPageSource } from './storedPageSource.ts';

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
  const bytes = await readAt(file, 0, header.bytesEnd);
  const parts = directory.parts.map((part): StoredPart => {
    return 'crcs' in part ? new StoredPageSource(file.fd, part) : partOf(bytes, part);
  });
  return { parts, close: () => file.close() };
}

async function readDirectory(file: FileHandle, header: ImageHeader): Promise<ImageDirectory> {
  const bytes = await readAt(file, header.directoryAt, header.directoryBytes);
  if (checksumOf(bytes) !== header.crc) throw damaged('directory');
  return JSON.parse(new TextDecoder().decode(bytes)) as ImageDirectory;
}

function partOf(all: Uint8Array, { at, bytes, crc }: StoredBytes): Uint8Array {
  const part = all.subarray(at, at + bytes);
  if (checksumOf(part) !== crc) throw damaged(`bytes at ${at}`);
  return part;
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const { size } = await file.stat();
  if (at + length > size) throw damaged('cut short');
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
