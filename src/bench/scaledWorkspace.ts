import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { createCodeChunker } from '../core/chunking/codeChunker.ts';
import { readFolderFiles } from '../engine/workspace/readFolderFiles.ts';
import { stableHash } from '../evals/sampling.ts';
import { createRenaming, wordsByFrequency } from './renaming.ts';

/** How large a workspace is to be: about so many chunks, or every file as it is. */
export type ScaledSize = number | 'all';

/** A file of somebody's code; the first folder of the path says whose. */
export interface OriginalFile {
  readonly path: string;
  readonly text: string;
}

/** The files of several folders, in an order that mixes them and is the same for the same seed. */
export async function readOriginals(
  roots: readonly string[],
  seed: number,
  signal: AbortSignal,
): Promise<readonly OriginalFile[]> {
  const originals: (OriginalFile & { readonly key: number })[] = [];
  for (const [at, root] of roots.entries()) {
    for (const file of await readFolderFiles(root, signal)) {
      const path = `${at}-${basename(root)}/${file.path}`;
      originals.push({ path, text: file.text, key: stableHash(seed, path) });
    }
  }
  return originals.sort((a, b) => a.key - b.key);
}

/**
 * The originals, and once there are no more of them renamed copies: as many files as make the wanted number of chunks,
 * counted without a parser, so that the index may have some more or less.
 */
export function* scaledFiles(
  originals: readonly OriginalFile[],
  size: ScaledSize,
  seed: number,
): Generator<OriginalFile> {
  if (size === 'all') {
    yield* originals;
    return;
  }
  const chunker = createCodeChunker();
  const counts = new Map<OriginalFile, number>();
  let words: readonly string[] | undefined;
  let left = originals.length === 0 ? 0 : size;
  for (let copy = 0; left > 0; copy++) {
    if (copy > 0) words ??= wordsByFrequency(originals.map(({ text }) => text));
    const rename = words && createRenaming(words, stableHash(seed, `${copy}`));
    for (const original of originals) {
      const count = counts.get(original) ?? Math.max(1, chunker.chunk(original.path, original.text).length);
      counts.set(original, count);
      yield rename ? renamed(original, rename, copy) : original;
      left -= count;
      if (left <= 0) return;
    }
  }
}

/** Writes the files below `root`; the folder is made. */
export async function writeWorkspace(
  root: string,
  files: Iterable<OriginalFile>,
  signal: AbortSignal,
): Promise<void> {
  const made = new Set<string>();
  for (const { path, text } of files) {
    signal.throwIfAborted();
    const target = join(root, path);
    const folder = dirname(target);
    if (!made.has(folder)) await mkdir(folder, { recursive: true });
    made.add(folder);
    await writeFile(target, text);
  }
}

function renamed({ path, text }: OriginalFile, rename: (text: string) => string, copy: number): OriginalFile {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  return { path: `copy${copy}/${rename(stem)}${extension}`, text: rename(text) };
}

const NAMES = /[A-Za-z_$][\w$]{2,}/g;

/** What the files of a workspace hold, gathered as they go by. */
export class WorkspaceContents {
  readonly names = new Set<string>();
  #bytes = 0;

  get megabytes(): number {
    return this.#bytes / 1e6;
  }

  *counting(files: Iterable<OriginalFile>): Generator<OriginalFile> {
    for (const file of files) {
      this.#bytes += Buffer.byteLength(file.text);
      for (const name of file.text.match(NAMES) ?? []) this.names.add(name);
      yield file;
    }
  }
}
