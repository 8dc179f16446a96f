import type { SegmentFile } from '../indexing/segment.ts';
import type { ImageReader, ImageWriter } from '../memory/image.ts';
import { NumberColumn } from '../memory/numberColumn.ts';
import { restoreFiles, saveFiles, type IndexedFile } from './indexedFile.ts';
import { TextStatistics } from './textStatistics.ts';

/**
 * The texts that are scored: chunks, and the definitions in them. Both kinds share one sequence of ids; ids of
 * removed texts are reused once their postings are gone.
 */
export class TextTable {
  readonly chunks: TextStatistics;
  readonly definitions: TextStatistics;
  readonly #files: (IndexedFile | undefined)[];
  readonly #fileIds: Map<string, number>;
  readonly #freeFiles: number[];
  readonly #freeTexts: number[];
  /** File id + 1, or 0 for a text that is not live. */
  readonly #file: NumberColumn;
  /** The chunk of a definition; of a chunk, itself. */
  readonly #chunk: NumberColumn;
  readonly #ordinal: NumberColumn;
  readonly #startLine: NumberColumn;
  readonly #endLine: NumberColumn;
  #size: number;

  constructor(image?: ImageReader) {
    this.#files = image ? restoreFiles(image) : [];
    this.#fileIds = new Map();
    for (const [id, file] of this.#files.entries()) if (file !== undefined) this.#fileIds.set(file.path, id);
    this.#freeFiles = [...(image?.numbers() ?? [])];
    this.#freeTexts = [...(image?.numbers() ?? [])];
    this.chunks = new TextStatistics(image);
    this.definitions = new TextStatistics(image);
    this.#size = image?.numbers()[0] ?? 0;
    this.#file = new NumberColumn(image?.numbers());
    this.#chunk = new NumberColumn(image?.numbers());
    this.#ordinal = new NumberColumn(image?.numbers());
    this.#startLine = new NumberColumn(image?.numbers());
    this.#endLine = new NumberColumn(image?.numbers());
  }

  save(image: ImageWriter): void {
    saveFiles(this.#files, image);
    image.numbers(Uint32Array.from(this.#freeFiles));
    image.numbers(Uint32Array.from(this.#freeTexts));
    this.chunks.save(image);
    this.definitions.save(image);
    image.numbers(Uint32Array.of(this.#size));
    const columns = [this.#file, this.#chunk, this.#ordinal, this.#startLine, this.#endLine];
    for (const { data } of columns) image.numbers(data);
  }

  /** One more than the largest id ever used. */
  get size(): number {
    return this.#size;
  }

  get fileCount(): number {
    return this.#fileIds.size;
  }

  /** One more than the largest file id. */
  get fileSize(): number {
    return this.#files.length;
  }

  paths(): IterableIterator<string> {
    return this.#fileIds.keys();
  }

  /** Ids for the file's chunks, by ordinal. The path must not be present. */
  addFile(file: SegmentFile): readonly number[] {
    const fileId = this.#freeFiles.pop() ?? this.#files.length;
    const chunks = file.chunks.map((chunk, ordinal) => {
      const id = this.#newText(fileId);
      this.#chunk.set(id, id);
      this.#ordinal.set(id, ordinal);
      this.#startLine.set(id, chunk.startLine);
      this.#endLine.set(id, chunk.endLine);
      return id;
    });
    this.#files[fileId] = { path: file.path, chunks, definitions: [], length: 0 };
    this.#fileIds.set(file.path, fileId);
    return chunks;
  }

  setChunkLength(chunk: number, length: number): void {
    this.chunks.add(chunk, length);
    const file = this.#files[this.fileOf(chunk)];
    if (file !== undefined) file.length += length;
  }

  addDefinition(chunk: number, length: number): number {
    const id = this.#newText(this.fileOf(chunk));
    this.#chunk.set(id, chunk);
    this.definitions.add(id, length);
    this.#files[this.fileOf(chunk)]?.definitions.push(id);
    return id;
  }

  /** The ids that are now dead; they are not reused until `recycle`. */
  removeFile(path: string): readonly number[] {
    const fileId = this.#fileIds.get(path);
    const file = fileId === undefined ? undefined : this.#files[fileId];
    if (fileId === undefined || file === undefined) return [];
    for (const chunk of file.chunks) this.chunks.remove(chunk);
    for (const definition of file.definitions) this.definitions.remove(definition);
    const texts = [...file.chunks, ...file.definitions];
    for (const text of texts) this.#file.set(text, 0);
    this.#files[fileId] = undefined;
    this.#fileIds.delete(path);
    this.#freeFiles.push(fileId);
    return texts;
  }

  recycle(texts: readonly number[]): void {
    for (const text of texts) this.#freeTexts.push(text);
  }

  /** By text: file id + 1, or 0 when it is not live. For inner loops; read anew after every change. */
  get owners(): Uint32Array {
    return this.#file.data;
  }

  /** The file id of a text; -1 for one that is not live. */
  fileOf(text: number): number {
    return this.#file.get(text) - 1;
  }

  chunkOf(text: number): number {
    return this.#chunk.get(text);
  }

  fileLength(fileId: number): number {
    return this.#files[fileId]?.length ?? 0;
  }

  /** Mean length of a file; at least 1. */
  get meanFileLength(): number {
    return Math.max(1, this.chunks.total / Math.max(1, this.fileCount));
  }

  pathOf(text: number): string {
    return this.#files[this.fileOf(text)]?.path ?? '';
  }

  ordinalOf(chunk: number): number {
    return this.#ordinal.get(chunk);
  }

  linesOf(chunk: number): { readonly startLine: number; readonly endLine: number } {
    return { startLine: this.#startLine.get(chunk), endLine: this.#endLine.get(chunk) };
  }

  /** The id of a live chunk. */
  find(path: string, ordinal: number): number | undefined {
    const fileId = this.#fileIds.get(path);
    return fileId === undefined ? undefined : this.#files[fileId]?.chunks[ordinal];
  }

  #newText(fileId: number): number {
    const id = this.#freeTexts.pop() ?? this.#size++;
    this.#file.set(id, fileId + 1);
    return id;
  }
}
