import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FileDetails, FileStorage, IndexCodec } from 'vectra';
import { StoreCorruptError } from '../../core/errors/storeErrors.ts';
import { readRegularFile } from '../durable/regularFile.ts';
import { errorCode, readingError } from '../durable/storageError.ts';
import { shardFileName } from './shardFormat.ts';

/** Six bytes fit a double exactly, and SQLite's integers. */
const VERSION_BYTES = 6;

export type WriteFile = (file: string, bytes: Uint8Array) => Promise<void>;

/**
 * Storage of one shard for vectra, which sees a single index file. Saving never touches the version that was loaded:
 * it makes a file of its own, whose version is taken from its content. So equal versions are equal bytes, whoever wrote
 * them and when, and a first index is a pure function of what is indexed.
 */
export class ShardStorage implements FileStorage {
  readonly #folder: string;
  readonly #shard: number;
  readonly #codec: IndexCodec;
  readonly #writeFile: WriteFile;
  #version: number | undefined;
  #failure: unknown;

  /** `version` is the one to read, `undefined` when there is none yet: vectra then finds an index of no items. */
  constructor(
    location: { readonly folder: string; readonly shard: number; readonly version: number | undefined },
    codec: IndexCodec,
    writeFile: WriteFile,
  ) {
    this.#folder = location.folder;
    this.#shard = location.shard;
    this.#version = location.version;
    this.#codec = codec;
    this.#writeFile = writeFile;
  }

  /** The version loaded or, after saving, the version saved. */
  get version(): number | undefined {
    return this.#version;
  }

  /** Why saving failed: vectra passes on the text of an error only. */
  get failure(): unknown {
    return this.#failure;
  }

  pathExists(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async readFile(): Promise<Buffer> {
    return this.#version === undefined
      ? this.#codec.serializeIndex({ version: 1, metadata_config: {}, items: [] })
      : readShardFile(this.#folder, this.#shard, this.#version);
  }

  async upsertFile(_: string, content: Buffer | string): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const version = createHash('sha256').update(bytes).digest().readUIntBE(0, VERSION_BYTES);
    try {
      await this.#writeFile(join(this.#folder, shardFileName(this.#shard, version)), bytes);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
    this.#version = version;
  }

  createFile(): Promise<void> {
    return unsupported();
  }

  createFolder(): Promise<void> {
    return unsupported();
  }

  deleteFile(): Promise<void> {
    return unsupported();
  }

  deleteFolder(): Promise<void> {
    return unsupported();
  }

  getDetails(): Promise<FileDetails> {
    return unsupported();
  }

  listFiles(): Promise<FileDetails[]> {
    return unsupported();
  }
}

/** Rejects with a `StoreCorruptError` when the file is missing and with a `StoreUnavailableError` when it cannot be read. */
export async function readShardFile(folder: string, shard: number, version: number): Promise<Buffer> {
  const file = join(folder, shardFileName(shard, version));
  try {
    return await readRegularFile(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw readingError(error, file);
    throw new StoreCorruptError(`vector shard ${shard}`, 'missing', { cause: error });
  }
}

/** Loading and saving one index is all that is asked of vectra here. */
function unsupported(): Promise<never> {
  return Promise.reject(new Error('A shard is loaded and saved only.'));
}
