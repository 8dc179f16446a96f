import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreCorruptError } from '../../core/errors/storeErrors.ts';
import { errorCode, readingError } from '../durable/storageError.ts';
import { makeFolder, PRIVATE, syncFolder } from '../durable/makeFolder.ts';

const DIGEST_LENGTH = 24;

/** Replaces or creates a whole file durably, as `atomicWrite`. */
export type WriteFile = (file: string, bytes: Uint8Array) => Promise<void>;

export interface ContentFilesOptions {
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
    makeFolder(folder, PRIVATE);
    await writeFile(this.#file(id), bytes);
    return id;
  }

  async read(id: string): Promise<Uint8Array> {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(this.#file(id));
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

  async delete(ids: Iterable<string>): Promise<void> {
    for (const id of ids) await this.#remove(`${id}${this.#options.extension}`);
  }

  /** Deletes every file that `isKept` does not want, half-written ones included. */
  async sweep(isKept: (id: string) => boolean): Promise<void> {
    const { folder, extension } = this.#options;
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (!name.endsWith(extension) || !isKept(name.slice(0, -extension.length))) await this.#remove(name);
    }
  }

  /** A file that cannot be deleted now, for instance because it is open on Windows, is left to a later sweep. */
  async #remove(name: string): Promise<void> {
    await rm(join(this.#options.folder, name), { force: true }).catch(() => undefined);
  }

  #file(id: string): string {
    return join(this.#options.folder, `${id}${this.#options.extension}`);
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, DIGEST_LENGTH);
}
