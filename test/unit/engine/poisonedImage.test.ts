import { describe, expect, test } from 'vitest';
import { StoreCorruptError } from '../../../src/core/errors/storeErrors.ts';
import { checksum } from '../../../src/core/async/checksum.ts';
import { decodeSegment, encodeSegment } from '../../../src/core/indexing/segmentCodec.ts';
import type { StoredPart } from '../../../src/core/memory/image.ts';
import { PARTS, poisonedImage, SEGMENT, use, withPart } from '../../support/poisonedImage.ts';

test('an image as it was saved is used', () => {
  expect(use(PARTS)).toBe('used');
});

describe('a memory image whose checksums are right', () => {
  test.each(PARTS.map((_, at) => [at]))('attack: with nothing in part %i', (at) => {
    expect(['used', 'refused']).toContain(use(withPart(at, () => new Uint8Array(0))));
  });

  test.each(PARTS.map((_, at) => [at]))('attack: with the largest number everywhere in part %i', (at) => {
    const all = (part: StoredPart): StoredPart =>
      part instanceof Uint8Array
        ? new Uint8Array(part.length).fill(255)
        : {
            ...part,
            count: part.count,
            has: (page) => part.has(page),
            read: (page) => part.read(page).fill(0xffffffff),
          };
    expect(['used', 'refused']).toContain(use(withPart(at, all)));
  });

  test.each(PARTS.map((_, at) => [at]))('attack: with a small number everywhere in part %i', (at) => {
    const all = (part: StoredPart): StoredPart =>
      part instanceof Uint8Array
        ? new Uint8Array(new Uint32Array(part.length >>> 2).fill(65).buffer)
        : {
            ...part,
            count: part.count,
            has: (page) => part.has(page),
            read: (page) => part.read(page).fill(65),
          };
    expect(['used', 'refused']).toContain(use(withPart(at, all)));
  });

  test('attack: in a hundred ways more: it is used or made anew, and nothing hangs', () => {
    const results = Array.from({ length: 100 }, (_, seed) => use(poisonedImage(seed)));
    expect(new Set(results)).toEqual(new Set(['used', 'refused']));
  });
});

describe('a segment whose checksum is right', () => {
  const [first] = SEGMENT.files;
  const file = first ?? { path: '', tokenStart: 0, tokenEnd: 0, chunks: [] };
  const size = SEGMENT.tokens.length;
  test.each([
    ['a file of four billion tokens', [{ ...file, tokenEnd: 2 ** 32 - 1 }]],
    ['a file that ends before it begins', [{ ...file, tokenStart: 10, tokenEnd: 5 }]],
    ['a file that begins below zero', [{ ...file, tokenStart: -1 }]],
    ['half a token', [{ ...file, tokenStart: 0.5 }]],
    ['a file of no number', [{ ...file, tokenEnd: NaN }]],
    ['an endless file', [{ ...file, tokenEnd: Infinity }]],
    ['the same tokens in a thousand files', Array(1_000).fill({ ...file, tokenStart: 0, tokenEnd: size })],
    [
      'a chunk beyond its file',
      [{ ...file, chunks: [{ startLine: 1, endLine: 1, tokenStart: 0, tokenEnd: size + 1 }] }],
    ],
    ['the same tokens in a thousand chunks', [{ ...file, chunks: Array(1_000).fill(file.chunks[0]) }]],
    ['a line that is none', [{ ...file, chunks: [{ ...file, startLine: -5, endLine: 1e300 }] }]],
  ])('attack: with %s is damaged', (_, files) => {
    expect(() => decodeSegment(encodeSegment({ ...SEGMENT, files }))).toThrow(StoreCorruptError);
  });

  test.each([
    ['null', 'null'],
    ['a number', '7'],
    ['no words', '{"files":[]}'],
    ['words that are numbers', '{"words":[1],"files":[]}'],
    ['files that are texts', '{"words":[],"files":["a"]}'],
    ['a file without chunks', '{"words":[],"files":[["a",0,0]]}'],
    ['a path that is a list', '{"words":[],"files":[[["a"],0,0,[]]]}'],
    ['half a head', '{"words":['],
    ['a prototype', '{"__proto__":{"words":[],"files":[]}}'],
  ])('attack: whose head is %s is damaged', (_, head) => {
    expect(() => decodeSegment(segmentWith(head))).toThrow(StoreCorruptError);
  });
});

/** A segment without tokens whose head is this text. */
function segmentWith(head: string): Uint8Array {
  const padded = Buffer.from(head.padEnd(Math.ceil(head.length / 4) * 4));
  const empty = encodeSegment({ words: [], files: [], tokens: new Uint32Array(0) });
  const words = new Uint32Array(5 + padded.length / 4);
  words.set(new Uint32Array(empty.buffer, 0, 5));
  words[3] = padded.length;
  new Uint8Array(words.buffer).set(padded, 20);
  words[2] = checksum(words, 3);
  return new Uint8Array(words.buffer);
}
