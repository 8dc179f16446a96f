import { open, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { subTokens } from '../core/text/subTokens.ts';
import { splitLines } from '../core/text/lines.ts';
import type { StoredChunk } from './storedChunks.ts';
import { newWord } from './savedFileTimes.ts';

/** A text, and the same as the sub-tokens that search knows it by, with spaces between. */
export interface GivenText {
  readonly text: string;
  readonly words: string;
}

/** A question, and the true score of the last of its nearest chunks: what has as much belongs to them. */
export interface GivenQuestion extends GivenText {
  readonly least: number;
}

/** A saved file: its chunks by their rows, the last of which has a word that is nowhere else. */
export interface GivenSave {
  readonly word: GivenText;
  readonly chunks: readonly (GivenText & { readonly id: number })[];
}

/** Files that hold what other stores are given; a chunk is known by its row, which is its line in `chunks`. */
export interface MaterialFiles {
  /** Lines of JSON. */
  readonly chunks: string;
  /** Rows of 32-bit floats. */
  readonly vectors: string;
  readonly questions: string;
  readonly questionVectors: string;
  readonly saves: string;
}

const WORDS = /[\p{L}\p{N}_$]+/gu;
/** Lines written at a time. */
const BATCH = 1000;

export function materialFiles(folder: string): MaterialFiles {
  return {
    chunks: join(folder, 'chunks.jsonl'),
    vectors: join(folder, 'vectors.f32'),
    questions: join(folder, 'questions.json'),
    questionVectors: join(folder, 'questions.f32'),
    saves: join(folder, 'saves.json'),
  };
}

export function givenText(text: string): GivenText {
  return { text, words: (text.match(WORDS) ?? []).flatMap((word) => subTokens(word)).join(' ') };
}

/** Writes everything into `folder`, which is made; `root` is where the chunks' files are. */
export async function writeMaterials(
  folder: string,
  root: string,
  materials: {
    readonly chunks: readonly StoredChunk[];
    readonly questions: readonly GivenQuestion[];
    readonly questionVectors: readonly Float32Array[];
    /** Files to save. */
    readonly saved: ReadonlySet<string>;
  },
): Promise<void> {
  const files = materialFiles(folder);
  await mkdir(folder, { recursive: true });
  const saves = await writeChunks(files.chunks, root, materials.chunks, materials.saved);
  await writeVectors(
    files.vectors,
    materials.chunks.map(({ vector }) => vector),
  );
  await writeVectors(files.questionVectors, materials.questionVectors);
  await writeFile(files.questions, JSON.stringify(materials.questions));
  await writeFile(files.saves, JSON.stringify(saves));
}

/** Returns the files to save. */
async function writeChunks(
  file: string,
  root: string,
  chunks: readonly StoredChunk[],
  saved: ReadonlySet<string>,
): Promise<readonly GivenSave[]> {
  const ofSaved = new Map<string, (GivenText & { readonly id: number })[]>();
  const output = await open(file, 'w');
  let [path, lines, batch] = ['', [] as readonly string[], ''];
  for (const [id, chunk] of chunks.entries()) {
    if (chunk.path !== path) {
      path = chunk.path;
      lines = splitLines(await readFile(join(root, path), 'utf8'));
    }
    const given = givenText(lines.slice(chunk.startLine - 1, chunk.endLine).join('\n'));
    batch += `${JSON.stringify(given)}\n`;
    if (id % BATCH === BATCH - 1) batch = await flush(output, batch);
    if (saved.has(path)) ofSaved.set(path, [...(ofSaved.get(path) ?? []), { id, ...given }]);
  }
  await flush(output, batch);
  await output.close();
  return [...ofSaved.values()].map(withNewWord);
}

async function flush(output: Awaited<ReturnType<typeof open>>, batch: string): Promise<string> {
  await output.appendFile(batch);
  return '';
}

function withNewWord(chunks: readonly (GivenText & { readonly id: number })[], at: number): GivenSave {
  const word = givenText(newWord(at));
  const last = chunks.length - 1;
  return {
    word,
    chunks: chunks.map((chunk, place) =>
      place === last ? { id: chunk.id, ...givenText(`${chunk.text}\n${word.text}\n`) } : chunk,
    ),
  };
}

async function writeVectors(file: string, vectors: readonly Float32Array[]): Promise<void> {
  const output = await open(file, 'w');
  for (let at = 0; at < vectors.length; at += BATCH) {
    await output.appendFile(
      Buffer.concat(
        vectors.slice(at, at + BATCH).map((row) => Buffer.from(row.buffer, row.byteOffset, row.byteLength)),
      ),
    );
  }
  await output.close();
}
