import { describe, expect, test } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import { ImageCorruptError, StoreCorruptError } from '../../../src/core/errors/storeErrors.ts';
import { checksum } from '../../../src/core/async/checksum.ts';
import { decodeSegment, encodeSegment } from '../../../src/core/indexing/segmentCodec.ts';
import { ImageReader, ImageWriter, type StoredPart } from '../../../src/core/memory/image.ts';
import { FolderMemory } from '../../../src/engine/workspace/folderMemory.ts';
import { type Random, seededRandom } from '../../support/seededRandom.ts';
import { segmentOf } from '../../support/segmentOf.ts';
import { storedParts } from '../../support/throughImage.ts';

const source = (word: string) =>
  Array.from(
    { length: 60 },
    (_, line) => `function ${word}${line}(first, second) { return ${word}(${line}); }\n`,
  );
const FILES = Object.fromEntries(
  ['apple', 'berry', 'cherry', 'größe漢'].map((word) => [`src/${word}.ts`, source(word).join('')]),
);
const SEGMENT = segmentOf(FILES, 5);

/** What an image of a folder holds, as whoever can write the file and its checksums sees it. */
function imageParts(): readonly StoredPart[] {
  const memory = new FolderMemory();
  for (const file of SEGMENT.files) {
    memory.lexical.addFile(SEGMENT, file);
    memory.model.addFile(SEGMENT, file);
    memory.loaded.set(file.path, 'hash');
  }
  memory.lexical.removeFile('src/berry.ts');
  memory.model.removeFile('src/berry.ts');
  memory.loaded.delete('src/berry.ts');
  const image = new ImageWriter();
  runToCompletion(memory.saveIncrementally(image));
  return storedParts(image.parts);
}

const PARTS = imageParts();

/** Everything that a worker does with memory: what fails must fail as a damaged image, and everything must end. */
function use(parts: readonly StoredPart[]): 'used' | 'refused' {
  try {
    const memory = new FolderMemory(new ImageReader(storedCopy(parts)));
    for (const query of ['apple', 'cherry first', 'größe漢3', 'return second'])
      memory.lexical.search(query, 20);
    for (const text of ['function apple', 'return cherry(', '  return apple1(first, ']) {
      memory.model.complete({ path: 'z.ts', text, offset: text.length });
    }
    runToCompletion(memory.fetchIncrementally());
    const extra = segmentOf({ 'src/new.ts': source('quince').join('') }, 5);
    for (const path of ['src/apple.ts', 'src/cherry.ts']) {
      memory.lexical.removeFile(path);
      memory.model.removeFile(path);
    }
    for (const file of extra.files) {
      memory.lexical.addFile(extra, file);
      memory.model.addFile(extra, file);
    }
    memory.lexical.search('quince apple', 20);
    runToCompletion(memory.saveIncrementally(new ImageWriter()));
    return 'used';
  } catch (error) {
    if (error instanceof ImageCorruptError) return 'refused';
    throw error;
  }
}

const storedCopy = (parts: readonly StoredPart[]) =>
  parts.map((part) => (part instanceof Uint8Array ? part.slice() : part));

/** The image with one part in place of another. */
function withPart(at: number, replace: (part: StoredPart) => StoredPart): readonly StoredPart[] {
  return PARTS.map((part, index) => (index === at ? replace(part) : part));
}

const HOSTILE_NUMBERS = [0, 1, 2, 255, 1024, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe];

function poisonBytes(part: Uint8Array, random: Random): Uint8Array {
  const copy = part.slice();
  if (copy.length < 4) return copy;
  const numbers = new Uint32Array(copy.buffer, 0, copy.length >>> 2);
  for (let times = 1 + random.below(3); times > 0; times--) {
    numbers[random.below(numbers.length)] = random.once(2)
      ? random.pick(HOSTILE_NUMBERS)
      : random.below(2 ** 16);
  }
  return copy;
}

function poisonPages(part: Exclude<StoredPart, Uint8Array>, random: Random): StoredPart {
  return {
    count: part.count,
    has: (page) => part.has(page),
    read: (page) => {
      const numbers = part.read(page).slice();
      for (let times = 0; times < 200; times++) {
        // Most of what is in use lies at the beginning.
        numbers[random.below(times < 150 ? 4_000 : numbers.length)] = random.once(2)
          ? random.pick(HOSTILE_NUMBERS)
          : random.below(2 ** 14);
      }
      return numbers;
    },
  };
}

/** Poisons an image in a way that the seed decides, checksums included. */
export function poisonedImage(seed: number): readonly StoredPart[] {
  const random = seededRandom(seed);
  const at = random.below(PARTS.length);
  return withPart(at, (part) => {
    if (!(part instanceof Uint8Array)) return random.once(10) ? new Uint8Array(8) : poisonPages(part, random);
    if (random.once(8)) return part.slice(0, random.below(part.length + 1) & ~3);
    if (random.once(8)) return new Uint8Array([...part.slice(0, 4096), ...part.slice(0, 4096)]);
    return poisonBytes(part, random);
  });
}

test('an image as it was saved is used', () => {
  expect(use(PARTS)).toBe('used');
});

describe('attack: a memory image whose checksums are right', () => {
  test.each(PARTS.map((_, at) => [at]))('with nothing in part %i', (at) => {
    expect(['used', 'refused']).toContain(use(withPart(at, () => new Uint8Array(0))));
  });

  test.each(PARTS.map((_, at) => [at]))('with the largest number everywhere in part %i', (at) => {
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

  test.each(PARTS.map((_, at) => [at]))('with a small number everywhere in part %i', (at) => {
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

  test('in a hundred ways more: it is used or made anew, and nothing hangs', () => {
    const results = Array.from({ length: 100 }, (_, seed) => use(poisonedImage(seed)));
    expect(new Set(results)).toEqual(new Set(['used', 'refused']));
  });
});

describe('attack: a segment whose checksum is right', () => {
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
  ])('with %s is damaged', (_, files) => {
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
  ])('whose head is %s is damaged', (_, head) => {
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
