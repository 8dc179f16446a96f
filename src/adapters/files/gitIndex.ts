import { DamagedGitIndexError } from '../../core/errors/pathErrors.ts';
import { MAX_NAME_BYTES, PathTable } from './pathTable.ts';

/** Of an index file. The largest repositories that are known have some hundred thousand files, at about 100 bytes each. */
export const MAX_INDEX_BYTES = 64 * 2 ** 20;
/** In an index, or in two that make one. */
const MAX_ENTRIES = 1_000_000;

/** Bytes of an object's name, by SHA-1 or SHA-256. */
export type HashBytes = 20 | 32;

/** What git tracks, as one file says it. */
export interface GitIndex {
  readonly paths: PathTable;
  /** Where the rest stands, for half of a split index. */
  readonly link?: SplitLink;
}

interface SplitLink {
  /** The name of the shared index, in hexadecimal digits. */
  readonly shared: string;
  /** Places in the shared index whose paths are tracked no more. */
  readonly deleted: ReadonlySet<number>;
}

const HEADER_BYTES = 12;
/** Times, device, mode, owner and size, before the object's name. */
const STAT_BYTES = 40;
const MODE_AT = 24;
const MODE_TYPE = 0o170000;
const GITLINK = 0o160000;
const EXTENDED = 0x4000;
const LONG_NAME = 0xfff;

/**
 * Reads the file in which git keeps what it tracks, versions 2 to 4, without the checksum at its end, which git does not
 * look at either; see gitformat-index(5). Throws a `DamagedGitIndexError` for what git would not take, and for more
 * than a million entries. Takes as many steps as there are bytes, and as much memory as the paths have.
 */
export function parseGitIndex(bytes: Buffer, hashBytes: HashBytes): GitIndex {
  if (bytes.length < HEADER_BYTES + hashBytes || bytes.toString('latin1', 0, 4) !== 'DIRC') {
    throw new DamagedGitIndexError('header');
  }
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  const end = bytes.length - hashBytes;
  const least = STAT_BYTES + hashBytes + 3;
  if (version < 2 || version > 4) throw new DamagedGitIndexError('version');
  if (count > MAX_ENTRIES || count * least > end) throw new DamagedGitIndexError('number of entries');
  const paths = new PathTable(count, version === 4 ? end : Math.max(end - HEADER_BYTES - count * least, 0));
  let at = HEADER_BYTES;
  for (let read = 0; read < count; read++) at = readEntry({ bytes, hashBytes, version, end }, at, paths);
  const link = readExtensions(bytes, at, end, hashBytes);
  return { paths, ...(link && { link }) };
}

interface Source {
  readonly bytes: Buffer;
  readonly hashBytes: HashBytes;
  readonly version: number;
  /** Where entries and extensions are over. */
  readonly end: number;
}

/** Returns where the next one is. */
function readEntry({ bytes, hashBytes, version, end }: Source, start: number, paths: PathTable): number {
  const flagsAt = start + STAT_BYTES + hashBytes;
  if (flagsAt + 4 > end) throw new DamagedGitIndexError('entry');
  const flags = bytes.readUInt16BE(flagsAt);
  const isExtended = (flags & EXTENDED) !== 0;
  if (isExtended && version < 3) throw new DamagedGitIndexError('flags');
  const isRepository = (bytes.readUInt32BE(start + MODE_AT) & MODE_TYPE) === GITLINK;
  let from = flagsAt + (isExtended ? 4 : 2);
  let kept = 0;
  if (version === 4) {
    const { value: dropped, next } = readVarint(bytes, from, end);
    const before = paths.size === 0 ? 0 : paths.at(paths.size - 1).length;
    if (dropped > before) throw new DamagedGitIndexError('names');
    kept = before - dropped;
    from = next;
  }
  const to =
    version === 4 || (flags & LONG_NAME) === LONG_NAME ? bytes.indexOf(0, from) : from + (flags & LONG_NAME);
  if (to < from || to >= end || bytes[to] !== 0) throw new DamagedGitIndexError('name');
  paths.add(kept, bytes, from, to, isRepository);
  return version === 4 ? to + 1 : start + ((to - start + 8) & ~7);
}

/** A number in sevens of bits, the highest first, as in packs: each that goes on adds one. */
function readVarint(
  bytes: Buffer,
  from: number,
  end: number,
): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let at = from; at < end; at++) {
    const byte = bytes[at] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return { value, next: at + 1 };
    value++;
    if (value > MAX_NAME_BYTES) break;
  }
  throw new DamagedGitIndexError('names');
}

/** Extensions whose names begin with a small letter have to be understood; of a sparse index there is nothing to know. */
function readExtensions(
  bytes: Buffer,
  from: number,
  end: number,
  hashBytes: HashBytes,
): SplitLink | undefined {
  let link: SplitLink | undefined;
  for (let at = from; at < end;) {
    if (at + 8 > end) throw new DamagedGitIndexError('extensions');
    const name = bytes.toString('latin1', at, at + 4);
    const start = at + 8;
    at = start + bytes.readUInt32BE(at + 4);
    if (at > end) throw new DamagedGitIndexError('extensions');
    if (name === 'link') link = readLink(bytes.subarray(start, at), hashBytes);
    else if (name !== 'sdir' && !/^[A-Z]/.test(name)) throw new DamagedGitIndexError('extensions');
  }
  return link;
}

/** `undefined` for a link that leads nowhere: the index is not split any more. */
function readLink(bytes: Buffer, hashBytes: HashBytes): SplitLink | undefined {
  if (bytes.length < hashBytes) throw new DamagedGitIndexError('link');
  const shared = bytes.toString('hex', 0, hashBytes);
  if (/^0+$/.test(shared)) return undefined;
  const deleted = bytes.length === hashBytes ? new Set<number>() : readBitmap(bytes.subarray(hashBytes));
  return { shared, deleted };
}

const WORD_BYTES = 8;

/**
 * The places of the bits that are set in a bitmap compressed as EWAH: words that say how many of one kind follow and how
 * many stand there as they are.
 */
function readBitmap(bytes: Buffer): ReadonlySet<number> {
  if (bytes.length < 8) throw new DamagedGitIndexError('bitmap');
  const bits = bytes.readUInt32BE(0);
  const words = bytes.readUInt32BE(4);
  if (bits > MAX_ENTRIES || 8 + words * WORD_BYTES > bytes.length) throw new DamagedGitIndexError('bitmap');
  const found = new Set<number>();
  let bit = 0;
  for (let word = 0; word < words && bit < bits;) {
    const marker = bytes.readBigUInt64BE(8 + word++ * WORD_BYTES);
    const run = Math.min(Number((marker >> 1n) & 0xffff_ffffn) * 64, bits - bit);
    if ((marker & 1n) === 1n) for (let set = 0; set < run; set++) found.add(bit + set);
    bit += run;
    const literals = Math.min(Number(marker >> 33n), words - word);
    for (let read = 0; read < literals && bit < bits; read++, bit += 64) {
      const literal = bytes.readBigUInt64BE(8 + word++ * WORD_BYTES);
      for (let set = 0; set < 64; set++) if ((literal >> BigInt(set)) & 1n) found.add(bit + set);
    }
  }
  return found;
}

/** The paths of an index and of the shared one that it is linked to: what was not deleted there, and what came after. */
export function joinSplitIndex({ paths, link }: GitIndex, shared: GitIndex): PathTable {
  if (shared.link !== undefined) throw new DamagedGitIndexError('link');
  const base = shared.paths;
  if (base.size + paths.size > MAX_ENTRIES) throw new DamagedGitIndexError('number of entries');
  const joined = new PathTable(base.size + paths.size, 64 * (base.size + paths.size));
  const take = (table: PathTable, position: number) => {
    const name = table.at(position);
    joined.add(0, name, 0, name.length, table.isRepository(position));
  };
  let own = 0;
  for (let at = 0; at < base.size; at++) {
    if (link?.deleted.has(at)) continue;
    while (own < paths.size && paths.compare(own, base.at(at)) < 0) take(paths, own++);
    take(base, at);
  }
  while (own < paths.size) take(paths, own++);
  return joined;
}
