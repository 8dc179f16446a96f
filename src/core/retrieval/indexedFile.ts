import { assertImage, type ImageReader, type ImageWriter } from '../memory/image.ts';

/** A file in the lexical index. */
export interface IndexedFile {
  readonly path: string;
  /** Ids of the chunks by ordinal. */
  readonly chunks: readonly number[];
  readonly definitions: number[];
  /** Sum of its chunks' lengths. */
  length: number;
}

const HEAD = 4;

/** Writes files by id; there may be gaps. */
export function saveFiles(files: readonly (IndexedFile | undefined)[], image: ImageWriter): void {
  const kept = [...files.entries()].filter((entry): entry is [number, IndexedFile] => entry[1] !== undefined);
  image.texts(kept.map(([, { path }]) => path));
  const numbers: number[] = [files.length];
  for (const [id, { chunks, definitions, length }] of kept) {
    numbers.push(id, length, chunks.length, definitions.length);
    for (const chunk of chunks) numbers.push(chunk);
    for (const definition of definitions) numbers.push(definition);
  }
  image.numbers(Uint32Array.from(numbers));
}

/** Reads what `saveFiles` wrote, and after it the ids that no file has. */
export function restoreFiles(image: ImageReader): {
  readonly files: (IndexedFile | undefined)[];
  readonly free: number[];
} {
  const paths = image.texts();
  const numbers = image.numbers();
  const free = [...image.numbers()];
  const count = numbers[0] ?? 0;
  assertImage(count === paths.length + free.length, 'another number of files');
  const files = new Array<IndexedFile | undefined>(count).fill(undefined);
  let at = 1;
  for (const path of paths) {
    const [id = 0, length = 0, chunks = 0, definitions = 0] = numbers.subarray(at, at + HEAD);
    const definitionsAt = at + HEAD + chunks;
    const end = definitionsAt + definitions;
    assertImage(id < count && files[id] === undefined && end <= numbers.length, 'files in each other');
    files[id] = {
      path,
      chunks: Array.from(numbers.subarray(at + HEAD, definitionsAt)),
      definitions: Array.from(numbers.subarray(definitionsAt, end)),
      length,
    };
    at = end;
  }
  assertImage(
    free.every((id) => id < count && files[id] === undefined),
    'free ids that are taken',
  );
  return { files, free };
}
