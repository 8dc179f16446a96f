import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImagePart } from '../../core/memory/image.ts';
import { ImageCorruptError } from '../../core/errors/storeErrors.ts';
import type { ImageStore } from '../../core/ports/imageStore.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { TEMPORARY_SUFFIX } from '../durable/atomicWrite.ts';
import { errorCode } from '../durable/errorCode.ts';
import { sweepOwnFolder } from '../durable/ownPlace.ts';
import { openRegularFile } from '../durable/regularFile.ts';
import { openImage } from './openImage.ts';
import { writeImage } from './writeImage.ts';

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
