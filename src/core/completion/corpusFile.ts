import { assertImage, type ImageReader, type ImageWriter } from '../memory/image.ts';

/** One version of a file in the corpus: the half-open range of its positions. */
export interface CorpusFile {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** A version in the log, whose tokens are there also when it has been replaced. */
export interface CorpusEntry extends CorpusFile {
  isAlive: boolean;
}

const NUMBERS = 4;

/** Writes versions by number; freed ones are gaps. Paths of those that were replaced are not kept. */
export function saveCorpusFiles(files: readonly (CorpusEntry | undefined)[], image: ImageWriter): void {
  const kept = [...files.entries()].filter((entry): entry is [number, CorpusEntry] => entry[1] !== undefined);
  image.texts(kept.map(([, { path, isAlive }]) => (isAlive ? path : '')));
  image.numbers(
    Uint32Array.from([
      files.length,
      ...kept.flatMap(([number, { start, end, isAlive }]) => [number, start, end, isAlive ? 1 : 0]),
    ]),
  );
}

/** More versions than come and go in the life of a process. */
const MAX_FREED = 2 ** 22;

/** Reads what `saveCorpusFiles` wrote; versions below `oldest` are freed. */
export function restoreCorpusFiles(image: ImageReader, oldest: number): (CorpusEntry | undefined)[] {
  const paths = image.texts();
  const numbers = image.numbers();
  assertImage(
    oldest >= 1 && oldest <= MAX_FREED && numbers[0] === oldest + paths.length,
    'another number of versions',
  );
  let floor = 0;
  const files = new Array<CorpusEntry | undefined>(numbers[0]).fill(undefined);
  for (const [index, path] of paths.entries()) {
    const at = 1 + NUMBERS * index;
    const [number = 0, start = 0, end = 0] = [numbers[at], numbers[at + 1], numbers[at + 2]];
    assertImage(number === oldest + index && floor <= start && start <= end, 'versions in each other');
    floor = end;
    files[number] = { path, start, end, isAlive: numbers[at + 3] === 1 };
  }
  return files;
}
