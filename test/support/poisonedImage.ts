import { runToCompletion } from '../../src/core/async/incremental.ts';
import { ImageCorruptError } from '../../src/core/errors/storeErrors.ts';
import { ImageReader, ImageWriter, type StoredPart } from '../../src/core/memory/image.ts';
import { FolderMemory } from '../../src/engine/workspace/memoryImages.ts';
import { type Random, seededRandom } from './seededRandom.ts';
import { segmentOf } from './segmentOf.ts';
import { storedParts } from './throughImage.ts';

const source = (word: string) =>
  Array.from(
    { length: 60 },
    (_, line) => `function ${word}${line}(first, second) { return ${word}(${line}); }\n`,
  );
const FILES = Object.fromEntries(
  ['apple', 'berry', 'cherry', 'größe漢'].map((word) => [`src/${word}.ts`, source(word).join('')]),
);
export const SEGMENT = segmentOf(FILES, 5);

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

export const PARTS = imageParts();

/** Everything that a worker does with memory: what fails must fail as a damaged image, and everything must end. */
export function use(parts: readonly StoredPart[]): 'used' | 'refused' {
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
export function withPart(at: number, replace: (part: StoredPart) => StoredPart): readonly StoredPart[] {
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
