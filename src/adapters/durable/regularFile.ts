import { constants, type Stats } from 'node:fs';
import { lstat, open, stat, type FileHandle } from 'node:fs/promises';
import { FileTooLargeError, NotRegularFileError, SlowFileError } from '../../core/errors/pathErrors.ts';

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

export interface ReadOptions extends RegularFileOptions {
  /** Rejects with a `FileTooLargeError`, having read nothing, when the file has more. */
  readonly maxBytes?: number;
  /** What was opened is read only if this resolves. */
  readonly check?: (opened: Stats) => Promise<void>;
  /** Rejects with a `SlowFileError` when the file has not been read by then. */
  readonly deadlineMs?: number;
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

/** A disk in another house may fall silent; every file of a workspace is read in milliseconds. */
const DEADLINE_MS = 60_000;

/** What such a file holds. */
export async function readRegularFile(
  file: string,
  { deadlineMs = DEADLINE_MS, ...options }: ReadOptions = {},
): Promise<Buffer<ArrayBuffer>> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new SlowFileError(file, deadlineMs));
  }, deadlineMs);
  try {
    return await Promise.race([read(file, options), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function read(
  file: string,
  { maxBytes = LARGEST_BYTES, check, ...options }: ReadOptions,
): Promise<Buffer<ArrayBuffer>> {
  const handle = await openRegularFile(file, options);
  try {
    const opened = await handle.stat();
    await check?.(opened);
    if (opened.size > maxBytes) throw new FileTooLargeError(file, maxBytes);
    return await readBytes(handle, opened.size);
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
