import { createHash } from 'node:crypto';
import { shardOf } from './shardFormat.ts';

const HASH_BYTES = 6;
/** Deeper, whoever wants names to come together has to try a million million for each. */
const MAX_DEPTH = 40;

/**
 * Which file of a store's shards holds a path. Shards below the store's count are roots: one that would get too large is
 * divided into two by a bit of a hash of the paths, these again, and its own file is no more. So there is a file at the ends
 * of the branches only, and a path is in the one file that it leads to. Of the node `n` (the root is 1, the two below `n`
 * are `2n` and `2n + 1`) of shard `s` of `count`, the file's number is `s + count · (n − 1)`: shards that nobody has divided
 * are numbered as they ever were.
 */
export class ShardTree {
  readonly #shardCount: number;
  /** The numbers of nodes below which there are files. */
  readonly #branches = new Set<number>();

  /** `numbers` are those of the files that there are. */
  constructor(numbers: Iterable<number>, shardCount: number) {
    this.#shardCount = shardCount;
    for (const number of numbers) {
      for (let up = this.#above(number); up !== undefined && !this.#branches.has(up); up = this.#above(up)) {
        this.#branches.add(up);
      }
    }
  }

  /** The number of the file that holds what is stored of this path, or into which it goes. */
  fileOf(path: string): number {
    let number = shardOf(path, this.#shardCount);
    for (let hash: number | undefined, depth = 0; this.#branches.has(number); depth++) {
      hash ??= pathHash(path);
      number = this.#below(number, bitOf(hash, depth));
    }
    return number;
  }

  /**
   * What belongs into the file `number` by the files that it goes into when none may hold more than `most` chunks. Chunks of
   * one path stay together, however many they are.
   */
  divided<T>(
    number: number,
    chunks: readonly T[],
    pathOf: (chunk: T) => string,
    most: number,
  ): ReadonlyMap<number, readonly T[]> {
    const files = new Map<number, readonly T[]>();
    const hashes = new Map<string, number>();
    const hashOf = (path: string): number => {
      const hash = hashes.get(path) ?? pathHash(path);
      hashes.set(path, hash);
      return hash;
    };
    const divide = (at: number, depth: number, inside: readonly T[]): void => {
      const [first] = inside;
      if (first === undefined) return;
      const path = pathOf(first);
      const isWhole = inside.length <= most || depth === MAX_DEPTH || inside.every((c) => pathOf(c) === path);
      if (isWhole) {
        files.set(at, inside);
        return;
      }
      for (const bit of [0, 1] as const) {
        const part = inside.filter((chunk) => bitOf(hashOf(pathOf(chunk)), depth) === bit);
        divide(this.#below(at, bit), depth + 1, part);
      }
    };
    divide(number, this.#depthOf(number), chunks);
    return files;
  }

  #nodeOf(number: number): number {
    return Math.floor(number / this.#shardCount) + 1;
  }

  #below(number: number, bit: 0 | 1): number {
    const [node, shard] = [this.#nodeOf(number), number % this.#shardCount];
    return shard + this.#shardCount * (2 * node + bit - 1);
  }

  #above(number: number): number | undefined {
    const [node, shard] = [this.#nodeOf(number), number % this.#shardCount];
    return node === 1 ? undefined : shard + this.#shardCount * (Math.floor(node / 2) - 1);
  }

  #depthOf(number: number): number {
    return Math.floor(Math.log2(this.#nodeOf(number)));
  }
}

/** Paths in the order of this number are in the order of the files into which shards are divided. */
export function pathHash(path: string): number {
  return createHash('sha256').update(path).digest().readUIntBE(0, HASH_BYTES);
}

/** The bit, from the most significant on. */
function bitOf(hash: number, depth: number): 0 | 1 {
  return Math.floor(hash / 2 ** (8 * HASH_BYTES - 1 - depth)) % 2 === 0 ? 0 : 1;
}
