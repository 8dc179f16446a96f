import { DamagedGitIndexError } from '../../core/errors/pathErrors.ts';

/** Of all paths together: as much as git's index may have, and what its compression of names may unfold to. */
export const MAX_NAME_BYTES = 64 * 2 ** 20;

/** Paths in the order of their bytes, one behind the other: about as large as they are written. Some may be empty or twice. */
export class PathTable {
  #bytes: Buffer;
  readonly #ends: Uint32Array;
  readonly #repositories = new Set<number>();
  #size = 0;

  /** @param capacity how many paths there can be; `bytes` is a guess */
  constructor(capacity: number, bytes: number) {
    this.#ends = new Uint32Array(capacity);
    this.#bytes = Buffer.allocUnsafeSlow(Math.min(bytes, MAX_NAME_BYTES));
  }

  get size(): number {
    return this.#size;
  }

  /** The bytes of a path. */
  at(position: number): Buffer {
    return this.#bytes.subarray(this.#start(position), this.#ends[position]);
  }

  /** Whether the path stands for a repository of its own. */
  isRepository(position: number): boolean {
    return this.#repositories.has(position);
  }

  /**
   * Adds the path that begins with the first `kept` bytes of the one before and goes on with bytes of `source`. Throws a
   * `DamagedGitIndexError` when it is before its predecessor, or too much.
   */
  add(kept: number, source: Buffer, from: number, to: number, isRepository: boolean): void {
    const before = this.#size === 0 ? 0 : this.#start(this.#size - 1);
    const start = this.#size === 0 ? 0 : (this.#ends[this.#size - 1] ?? 0);
    const end = start + kept + to - from;
    if (kept > start - before || end > MAX_NAME_BYTES) throw new DamagedGitIndexError('names');
    this.#reserve(end);
    this.#bytes.copy(this.#bytes, start, before, before + kept);
    source.copy(this.#bytes, start + kept, from, to);
    if (this.#bytes.compare(this.#bytes, before, start, start, end) < 0)
      throw new DamagedGitIndexError('order');
    if (isRepository) this.#repositories.add(this.#size);
    this.#ends[this.#size++] = end;
  }

  /** The place of the first path that is not before these bytes. */
  firstFrom(bytes: Buffer): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(middle, bytes) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  compare(position: number, bytes: Buffer): number {
    return this.#bytes.compare(bytes, 0, bytes.length, this.#start(position), this.#ends[position]);
  }

  #start(position: number): number {
    return position === 0 ? 0 : (this.#ends[position - 1] ?? 0);
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.min(MAX_NAME_BYTES, Math.max(bytes, 2 * this.#bytes.length)));
    this.#bytes.copy(larger);
    this.#bytes = larger;
  }
}
