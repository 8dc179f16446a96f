/** One path of an index. */
export interface MadeEntry {
  readonly path: string;
  readonly mode?: number;
  /** Written with the second word of flags, as `git add --intent-to-add` does. */
  readonly isExtended?: boolean;
}

export interface MadeIndex {
  readonly version?: 2 | 3 | 4;
  readonly hashBytes?: 20 | 32;
  readonly entries: readonly MadeEntry[];
  readonly extensions?: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/** The bytes of an index as git writes it, all numbers that do not matter left at zero. */
export function gitIndexBytes({ version = 2, hashBytes = 20, entries, extensions = [] }: MadeIndex): Buffer {
  const parts = [Buffer.from('DIRC'), word(version), word(entries.length)];
  let before = Buffer.alloc(0);
  for (const { path, mode = 0o100644, isExtended = false } of entries) {
    const name = Buffer.from(path);
    const stat = Buffer.alloc(40);
    stat.writeUInt32BE(mode, 24);
    const flags = Buffer.alloc(isExtended ? 4 : 2);
    flags.writeUInt16BE((isExtended ? 0x4000 : 0) | Math.min(name.length, 0xfff));
    const head = Buffer.concat([stat, Buffer.alloc(hashBytes, 7), flags]);
    if (version === 4) {
      let same = 0;
      while (same < name.length && name[same] === before[same]) same++;
      parts.push(head, varint(before.length - same), name.subarray(same), Buffer.alloc(1));
    } else {
      const bytes = head.length + name.length;
      parts.push(head, name, Buffer.alloc(8 - (bytes % 8)));
    }
    before = name;
  }
  for (const { name, bytes } of extensions) parts.push(Buffer.from(name), word(bytes.length), bytes);
  return Buffer.concat([...parts, Buffer.alloc(hashBytes)]);
}

/** A bitmap of 64 bits at most, compressed as EWAH, in which these bits are set, or all up to a number. */
export function ewah(bits: readonly number[] | number): Buffer {
  const isRun = typeof bits === 'number';
  const size = isRun ? bits : Math.max(-1, ...bits) + 1;
  const marker = Buffer.alloc(8);
  marker.writeBigUInt64BE(isRun ? (BigInt(Math.ceil(size / 64)) << 1n) | 1n : 1n << 33n);
  const literal = Buffer.alloc(8);
  if (!isRun) literal.writeBigUInt64BE(bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n));
  return Buffer.concat([word(size), word(isRun ? 1 : 2), marker, isRun ? Buffer.alloc(0) : literal, word(0)]);
}

function word(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}

/** In sevens of bits, the highest first; each that goes on counts one less. */
function varint(number: number): Buffer {
  const bytes = [number & 127];
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128))
    bytes.unshift(128 | (--rest & 127));
  return Buffer.from(bytes);
}
