import { constants, type Stats } from 'node:fs';
import { lstat, open, stat, type FileHandle } from 'node:fs/promises';
import { FileTooLargeError, NotRegularFileError } from '../../core/errors/pathErrors.ts';

/**
 * A pipe that took the file's place meanwhile must not hold up whoever opens it. Windows has neither flag: `undefined`
 * counts as none.
 */
const NO_WAITING = constants.O_RDONLY | constants.O_NONBLOCK;
const NO_FOLLOWING = NO_WAITING | constants.O_NOFOLLOW;

export interface RegularFileOptions {
  /** The name itself may be a link; what it leads to must be a regular file all the same. */
  readonly followsLink?: boolean;
}

/**
 * Opens a file that somebody else may have named, for reading. Rejects with a `NotRegularFileError` for a link, a folder, a
 * pipe or a device, none of which is opened, and as the system does for what is not there.
 */
export async function openRegularFile(
  file: string,
  { followsLink = false }: RegularFileOptions = {},
): Promise<FileHandle> {
  // To open a device is to do something to it, so it is looked at first; and again in case it has changed.
  assertRegular(file, await (followsLink ? stat(file) : lstat(file)));
  const handle = await open(file, followsLink ? NO_WAITING : NO_FOLLOWING);
  try {
    assertRegular(file, await handle.stat());
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** As much as one call reads: larger files are read in parts, or not at all. */
const LARGEST_BYTES = 2 ** 31 - 1;

/** What such a file holds. Rejects with a `FileTooLargeError`, having read nothing, when that is more than `maxBytes`. */
export async function readRegularFile(
  file: string,
  { maxBytes = LARGEST_BYTES, ...options }: RegularFileOptions & { readonly maxBytes?: number } = {},
): Promise<Buffer<ArrayBuffer>> {
  const handle = await openRegularFile(file, options);
  try {
    const { size } = await handle.stat();
    if (size > maxBytes) throw new FileTooLargeError(file, maxBytes);
    return await readBytes(handle, size);
  } finally {
    await handle.close();
  }
}

/** The first `size` bytes, fewer if there are fewer: some of the files that the system makes up have no end. */
async function readBytes(handle: FileHandle, size: number): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let done = 0;
  while (done < size) {
    const { bytesRead } = await handle.read(bytes, done, size - done, done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

function assertRegular(file: string, stats: Stats): void {
  if (!stats.isFile()) throw new NotRegularFileError(file, stats.isSymbolicLink());
}
