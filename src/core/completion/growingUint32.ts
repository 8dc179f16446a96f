const BLOCK_BITS = 16;
const BLOCK_SIZE = 1 << BLOCK_BITS;
const BLOCK_MASK = BLOCK_SIZE - 1;

/** An append-only list of 32-bit numbers that grows without copying and can forget its beginning. */
export class GrowingUint32 {
  readonly #blocks: (Uint32Array | undefined)[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The value at `index`; 0 outside of what is held. */
  at(index: number): number {
    return this.#blocks[index >>> BLOCK_BITS]?.[index & BLOCK_MASK] ?? 0;
  }

  push(value: number): void {
    const index = this.#length++;
    if ((index & BLOCK_MASK) === 0) this.#blocks.push(new Uint32Array(BLOCK_SIZE));
    const block = this.#blocks[index >>> BLOCK_BITS];
    if (block !== undefined) block[index & BLOCK_MASK] = value;
  }

  /** Frees whole blocks below `index`; indices keep their meaning. */
  dropBelow(index: number): void {
    for (let block = (index >>> BLOCK_BITS) - 1; block >= 0 && this.#blocks[block] !== undefined; block--) {
      this.#blocks[block] = undefined;
    }
  }

  get heldBytes(): number {
    return this.#blocks.reduce((bytes, block) => bytes + (block === undefined ? 0 : BLOCK_SIZE * 4), 0);
  }
}
