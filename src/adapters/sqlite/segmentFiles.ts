import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreCorruptError } from '../../core/errors/storeCorruptError.ts';
import type { SegmentId } from '../../core/indexing/records.ts';
import { errorCode } from '../durable/errorCode.ts';
import { storageError } from '../durable/storageError.ts';
import { syncFolder } from '../durable/syncFolder.ts';

const EXTENSION = '.seg';
const DIGEST_LENGTH = 24;

/** Replaces or creates a whole file durably, as `atomicWrite`. */
export type WriteFile = (file: string, bytes: Uint8Array) => Promise<void>;

/** Immutable files named `<number>-<digest>.seg`; the digest of the content in the name is what reading checks. */
export class SegmentFiles {
  readonly #folder: string;
  readonly #writeFile: WriteFile;

  constructor(folder: string, writeFile: WriteFile) {
    this.#folder = folder;
    this.#writeFile = writeFile;
  }

  /** `sequence` makes the id unique even when the content is not. */
  async write(sequence: number, bytes: Uint8Array): Promise<SegmentId> {
    const id = `${sequence}-${digest(bytes)}`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw storageError(error, this.#folder);
    }
    await this.#writeFile(this.#file(id), bytes);
    return id;
  }

  async read(id: SegmentId): Promise<Uint8Array> {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(this.#file(id));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw storageError(error, this.#file(id));
      throw new StoreCorruptError(`segment ${id}`, 'missing', { cause: error });
    }
    if (!id.endsWith(`-${digest(bytes)}`)) throw new StoreCorruptError(`segment ${id}`, 'altered');
    return bytes;
  }

  /** Makes the names of all files written so far survive a power failure. */
  sync(): Promise<void> {
    return syncFolder(this.#folder);
  }

  async delete(ids: Iterable<SegmentId>): Promise<void> {
    for (const id of ids) await this.#remove(`${id}${EXTENSION}`);
  }

  /** Deletes every file that `isKept` does not want, half-written ones included. */
  async sweep(isKept: (id: SegmentId) => boolean): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) {
      if (!name.endsWith(EXTENSION) || !isKept(name.slice(0, -EXTENSION.length))) await this.#remove(name);
    }
  }

  /** A file that cannot be deleted now, for instance because it is open on Windows, is left to a later sweep. */
  async #remove(name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true }).catch(() => undefined);
  }

  #file(id: SegmentId): string {
    return join(this.#folder, `${id}${EXTENSION}`);
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, DIGEST_LENGTH);
}
