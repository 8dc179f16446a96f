import { StoreCorruptError } from '../errors/storeErrors.ts';
import { checksum } from '../async/checksum.ts';
import type { Segment, SegmentChunk, SegmentFile } from './segment.ts';

/**
 * Layout, in 32-bit words of the machine's byte order (a foreign order fails on the magic number):
 * `magic, version, checksum of all that follows, bytes of the head, number of tokens, …tokens, head`.
 * The head is JSON, padded with spaces to whole words.
 */
export const SEGMENT_VERSION = 1;

const MAGIC = 0x53534854; // 'THSS' in little-endian files
const WORD = 4;
const CHECKED_FROM = 3;
const HEADER_WORDS = 5;

interface Head {
  readonly words: readonly string[];
  /** Path, token range, and four numbers a chunk: lines and token range. */
  readonly files: readonly (readonly [string, number, number, readonly number[]])[];
}

/** Paths and words must be well-formed Unicode. */
export function encodeSegment(segment: Segment): Uint8Array {
  const head = encodeHead(segment);
  const { tokens } = segment;
  const words = new Uint32Array(HEADER_WORDS + tokens.length + head.length / WORD);
  const bytes = new Uint8Array(words.buffer);
  words[0] = MAGIC;
  words[1] = SEGMENT_VERSION;
  words[3] = head.length;
  words[4] = tokens.length;
  words.set(tokens, HEADER_WORDS);
  bytes.set(head, (HEADER_WORDS + tokens.length) * WORD);
  words[2] = checksum(words, CHECKED_FROM);
  return bytes;
}

/**
 * The segment in `bytes`; its tokens are a view of `bytes` when these are aligned. `name` is what a
 * `StoreCorruptError` calls damaged bytes.
 */
export function decodeSegment(bytes: Uint8Array, name = 'segment'): Segment {
  const words = wordsOf(bytes, name);
  const [magic, version, sum, headBytes = 0, tokenCount = 0] = words;
  if (magic !== MAGIC) throw new StoreCorruptError(name, 'not a segment');
  if (version !== SEGMENT_VERSION) throw new StoreCorruptError(name, `unknown version ${version ?? 'none'}`);
  if (sum !== checksum(words, CHECKED_FROM)) throw new StoreCorruptError(name, 'wrong checksum');
  const tokensEnd = HEADER_WORDS + tokenCount;
  const headStart = tokensEnd * WORD;
  if (headStart + headBytes !== bytes.length) throw new StoreCorruptError(name, 'wrong lengths');
  const head = decodeHead(bytes.subarray(headStart, headStart + headBytes), name);
  const segment = {
    words: head.words,
    tokens: words.subarray(HEADER_WORDS, tokensEnd),
    files: head.files.map(fileOf),
  };
  if (!isSound(segment)) throw new StoreCorruptError(name, 'ranges that cannot be');
  return segment;
}

/**
 * A checksum vouches for what was written, not for who wrote it. Files, and chunks in a file, follow one another without
 * overlapping, so whatever loops over them is done after as many steps as there are tokens.
 */
function isSound({ words, tokens, files }: Segment): boolean {
  let end = 0;
  const follows = (from: number, to: number, last: number): boolean => {
    const isRange = isCount(from) && isCount(to) && from >= end && to >= from && to <= last;
    end = to;
    return isRange;
  };
  return (
    words.every((word) => typeof word === 'string') &&
    files.every(({ path, tokenStart, tokenEnd, chunks }) => {
      if (typeof path !== 'string' || !follows(tokenStart, tokenEnd, tokens.length)) return false;
      end = tokenStart;
      const areChunksSound = chunks.every(
        (chunk) =>
          isCount(chunk.startLine) &&
          isCount(chunk.endLine) &&
          follows(chunk.tokenStart, chunk.tokenEnd, tokenEnd),
      );
      end = tokenEnd;
      return areChunksSound;
    })
  );
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function wordsOf(bytes: Uint8Array, name: string): Uint32Array {
  if (bytes.length % WORD !== 0 || bytes.length < HEADER_WORDS * WORD) {
    throw new StoreCorruptError(name, 'cut short');
  }
  const aligned = bytes.byteOffset % WORD === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / WORD);
}

function encodeHead({ words, files }: Segment): Uint8Array {
  const head: Head = {
    words,
    files: files.map((file) => [
      file.path,
      file.tokenStart,
      file.tokenEnd,
      file.chunks.flatMap((chunk) => [chunk.startLine, chunk.endLine, chunk.tokenStart, chunk.tokenEnd]),
    ]),
  };
  const json = new TextEncoder().encode(JSON.stringify(head));
  const padded = new Uint8Array(Math.ceil(json.length / WORD) * WORD).fill(0x20);
  padded.set(json);
  return padded;
}

function decodeHead(bytes: Uint8Array, name: string): Head {
  try {
    const head = JSON.parse(new TextDecoder().decode(bytes)) as Head;
    const isShaped =
      Array.isArray(head.words) &&
      Array.isArray(head.files) &&
      head.files.every((file) => Array.isArray(file) && Array.isArray(file[3]));
    if (isShaped) return head;
  } catch (error) {
    throw new StoreCorruptError(name, 'no head', { cause: error });
  }
  throw new StoreCorruptError(name, 'another head');
}

function fileOf([path, tokenStart, tokenEnd, numbers]: Head['files'][number]): SegmentFile {
  const chunks: SegmentChunk[] = [];
  for (let at = 0; at < numbers.length; at += 4) {
    const [startLine = 0, endLine = 0, chunkStart = 0, chunkEnd = 0] = numbers.slice(at, at + 4);
    chunks.push({ startLine, endLine, tokenStart: chunkStart, tokenEnd: chunkEnd });
  }
  return { path, tokenStart, tokenEnd, chunks };
}
