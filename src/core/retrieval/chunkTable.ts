import type { SegmentFile } from '../indexing/segment.ts';
import { NumberColumn } from './numberColumn.ts';

interface IndexedFile {
  readonly path: string;
  /** Ids by ordinal. */
  readonly chunks: readonly number[];
  length: number;
}

/** Where each chunk id leads, and how long chunks and files are in terms. Ids of removed chunks are reused. */
export class ChunkTable {
  readonly #files: (IndexedFile | undefined)[] = [];
  readonly #fileIds = new Map<string, number>();
  readonly #freeFiles: number[] = [];
  #freeChunks: number[] = [];
  /** File id + 1, or 0 for a chunk that is not live. */
  readonly #file = new NumberColumn();
  readonly #ordinal = new NumberColumn();
  readonly #startLine = new NumberColumn();
  readonly #endLine = new NumberColumn();
  readonly #length = new NumberColumn();
  #size = 0;
  #live = 0;
  #total = 0;

  /** One more than the largest chunk id ever used. */
  get size(): number {
    return this.#size;
  }

  get liveCount(): number {
    return this.#live;
  }

  get fileCount(): number {
    return this.#fileIds.size;
  }

  /** One more than the largest file id. */
  get fileSize(): number {
    return this.#files.length;
  }

  /** Mean terms a chunk and a file; at least 1. */
  get meanLength(): number {
    return Math.max(1, this.#total / Math.max(1, this.#live));
  }

  get meanFileLength(): number {
    return Math.max(1, this.#total / Math.max(1, this.#fileIds.size));
  }

  /** Ids for the file's chunks, by ordinal. The path must not be present. */
  add(file: SegmentFile): readonly number[] {
    const fileId = this.#freeFiles.pop() ?? this.#files.length;
    const chunks = file.chunks.map((chunk, ordinal) => {
      const id = this.#freeChunks.pop() ?? this.#size++;
      this.#file.set(id, fileId + 1);
      this.#ordinal.set(id, ordinal);
      this.#startLine.set(id, chunk.startLine);
      this.#endLine.set(id, chunk.endLine);
      return id;
    });
    this.#files[fileId] = { path: file.path, chunks, length: 0 };
    this.#fileIds.set(file.path, fileId);
    this.#live += chunks.length;
    return chunks;
  }

  setLength(chunk: number, length: number): void {
    this.#length.set(chunk, length);
    this.#total += length;
    const file = this.#files[this.fileOf(chunk)];
    if (file !== undefined) file.length += length;
  }

  /** The ids that are now dead; they are not reused until `recycle`. */
  remove(path: string): readonly number[] {
    const fileId = this.#fileIds.get(path);
    const file = fileId === undefined ? undefined : this.#files[fileId];
    if (fileId === undefined || file === undefined) return [];
    for (const chunk of file.chunks) this.#file.set(chunk, 0);
    this.#total -= file.length;
    this.#live -= file.chunks.length;
    this.#files[fileId] = undefined;
    this.#fileIds.delete(path);
    this.#freeFiles.push(fileId);
    return file.chunks;
  }

  recycle(chunks: readonly number[]): void {
    this.#freeChunks = this.#freeChunks.concat(chunks);
  }

  isLive(chunk: number): boolean {
    return this.#file.get(chunk) !== 0;
  }

  /** The file id of a live chunk. */
  fileOf(chunk: number): number {
    return this.#file.get(chunk) - 1;
  }

  fileLength(fileId: number): number {
    return this.#files[fileId]?.length ?? 0;
  }

  chunkLength(chunk: number): number {
    return this.#length.get(chunk);
  }

  pathOf(chunk: number): string {
    return this.#files[this.fileOf(chunk)]?.path ?? '';
  }

  ordinalOf(chunk: number): number {
    return this.#ordinal.get(chunk);
  }

  linesOf(chunk: number): { readonly startLine: number; readonly endLine: number } {
    return { startLine: this.#startLine.get(chunk), endLine: this.#endLine.get(chunk) };
  }

  find(path: string, ordinal: number): number | undefined {
    const fileId = this.#fileIds.get(path);
    return fileId === undefined ? undefined : this.#files[fileId]?.chunks[ordinal];
  }

  paths(): IterableIterator<string> {
    return this.#fileIds.keys();
  }
}
