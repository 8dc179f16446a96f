import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { StoreCorruptError } from '../../core/errors/storeErrors.ts';
import { makeFolder, PRIVATE, syncFolder } from '../durable/makeFolder.ts';
import { assertOwnFolder, sweepOwnFolder } from '../durable/ownPlace.ts';
import { readRegularFile } from '../durable/regularFile.ts';
import { errorCode, readingError } from '../durable/storageError.ts';

const DIGEST_LENGTH = 24;

/** Replaces or creates a whole file durably, as `atomicWrite`. */
export type WriteFile = (file: string, bytes: Uint8Array) => Promise<void>;

export interface ContentFilesOptions {
  /** Lies in the folder of the store, which is the user's own as this one is. */
  readonly folder: string;
  /** What is kept, for error messages, and how its files' names end. */
  readonly what: string;
  readonly extension: string;
  readonly writeFile: WriteFile;
}

/**
 * Immutable files whose ids are, or end with, a digest of the content: `<digest>` or `<sequence>-<digest>`. Reading
 * checks it.
 */
export class ContentFiles {
  readonly #options: ContentFilesOptions;

  constructor(options: ContentFilesOptions) {
    this.#options = options;
  }

  /** A `sequence` makes the id unique even when the content is not. */
  async write(bytes: Uint8Array, sequence?: number): Promise<string> {
    const id = sequence === undefined ? digest(bytes) : `${sequence}-${digest(bytes)}`;
    const { folder, writeFile } = this.#options;
    assertOwnFolder(...this.#place);
    makeFolder(folder, PRIVATE);
    await writeFile(this.#file(id), bytes);
    return id;
  }

  async read(id: string): Promise<Uint8Array> {
    let bytes: Uint8Array;
    try {
      bytes = await readRegularFile(this.#file(id));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw readingError(error, this.#file(id));
      throw new StoreCorruptError(`${this.#options.what} ${id}`, 'missing', { cause: error });
    }
    if (id.slice(id.indexOf('-') + 1) !== digest(bytes)) {
      throw new StoreCorruptError(`${this.#options.what} ${id}`, 'altered');
    }
    return bytes;
  }

  /** Makes the names of all files written so far survive a power failure. */
  sync(): Promise<void> {
    return syncFolder(this.#options.folder);
  }

  delete(ids: Iterable<string>): void {
    const names = new Set([...ids].map((id) => `${id}${this.#options.extension}`));
    if (names.size > 0) sweepOwnFolder(...this.#place, (name) => names.has(name));
  }

  /** Deletes every file that `isKept` does not want, half-written ones included. */
  sweep(isKept: (id: string) => boolean): void {
    const { extension } = this.#options;
    sweepOwnFolder(
      ...this.#place,
      (name) => !name.endsWith(extension) || !isKept(name.slice(0, -extension.length)),
    );
  }

  get #place(): readonly [store: string, names: readonly string[]] {
    const { folder } = this.#options;
    return [dirname(folder), [basename(folder)]];
  }

  #file(id: string): string {
    return join(this.#options.folder, `${id}${this.#options.extension}`);
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, DIGEST_LENGTH);
}
