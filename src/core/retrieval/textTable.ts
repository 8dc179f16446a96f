import type { SegmentFile } from '../indexing/segment.ts';
import { assertImage, type ImageReader, type ImageWriter } from '../memory/image.ts';
import { NumberColumn } from '../memory/numberColumn.ts';
import { FileFacts } from './fileFacts.ts';
import { restoreFiles, saveFiles, type IndexedFile } from './indexedFile.ts';
import { CELL_BITS, CHUNK, LENGTH, ORDINAL, OWNER, TextCells } from './textCells.ts';
import { TextSet } from './textSet.ts';
import { TextStatistics } from './textStatistics.ts';

/** What an image holds of each text, in this order. */
const LANES = [OWNER, LENGTH, CHUNK, ORDINAL] as const;

/**
 * The texts that are scored: chunks, and the definitions in them. Both kinds share one sequence of ids; ids of
 * removed texts are reused once their postings are gone.
 */
export class TextTable {
  readonly chunks: TextStatistics;
  readonly definitions: TextStatistics;
  /** File id + 1 of each text, or 0 for one that is not live; and more of it. */
  readonly cells: TextCells;
  /** What follows is in memory only, for inner loops. */
  readonly fileFacts = new FileFacts();
  readonly live = new TextSet();
  readonly #files: (IndexedFile | undefined)[];
  readonly #fileIds: Map<string, number>;
  readonly #freeFiles: number[];
  readonly #freeTexts: number[];
  readonly #startLine: NumberColumn;
  readonly #endLine: NumberColumn;
  #size: number;

  constructor(image?: ImageReader) {
    const { files, free } = image ? restoreFiles(image) : { files: [], free: [] };
    this.#files = files;
    this.#fileIds = new Map();
    for (const [id, file] of this.#files.entries()) if (file !== undefined) this.#fileIds.set(file.path, id);
    this.#freeFiles = free;
    this.#freeTexts = [...(image?.numbers() ?? [])];
    this.chunks = new TextStatistics(image);
    this.definitions = new TextStatistics(image);
    this.#size = image?.numbers()[0] ?? 0;
    this.#startLine = new NumberColumn(image?.numbers());
    this.#endLine = new NumberColumn(image?.numbers());
    const columns = LANES.map((lane) => ({ lane, column: image?.numbers() ?? new Uint32Array(0) }));
    assertImage(
      columns.every(({ column }) => column.length === this.#size),
      'more texts than there are numbers of them',
    );
    this.cells = new TextCells(this.#size);
    for (const { lane, column } of columns) {
      const { numbers } = this.cells;
      for (let text = 0; text < column.length; text++)
        numbers[(text << CELL_BITS) + lane] = column[text] ?? 0;
    }
    if (image) this.#assertSound();
    this.#gatherFacts();
  }

  save(image: ImageWriter): void {
    saveFiles(this.#files, image);
    image.numbers(Uint32Array.from(this.#freeFiles));
    image.numbers(Uint32Array.from(this.#freeTexts));
    this.chunks.save(image);
    this.definitions.save(image);
    image.numbers(Uint32Array.of(this.#size));
    for (const { data } of [this.#startLine, this.#endLine]) image.numbers(data.slice(0, this.#size));
    for (const lane of LANES) image.numbers(this.cells.column(lane, this.#size));
  }

  /** Bytes of its tables; what is known of files is extra. */
  get heldBytes(): number {
    const columns = [this.cells.numbers, this.#startLine.data, this.#endLine.data, this.live.bits];
    return columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
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
    this.fileFacts.begin(fileId);
    const chunks = file.chunks.map((chunk, ordinal) => {
      const id = this.#newText(fileId);
      this.cells.set(id, CHUNK, id);
      this.cells.set(id, ORDINAL, ordinal);
      this.#startLine.set(id, chunk.startLine);
      this.#endLine.set(id, chunk.endLine);
      return id;
    });
    this.#files[fileId] = { path: file.path, chunks, definitions: [], length: 0 };
    this.#fileIds.set(file.path, fileId);
    return chunks;
  }

  setChunkLength(chunk: number, length: number): void {
    this.chunks.add(length);
    this.cells.set(chunk, LENGTH, length);
    const fileId = this.fileOf(chunk);
    const file = this.#files[fileId];
    if (file === undefined) return;
    file.length += length;
    this.fileFacts.setLength(fileId, file.length);
  }

  addDefinition(chunk: number, length: number): number {
    const id = this.#newText(this.fileOf(chunk));
    this.cells.set(id, CHUNK, chunk);
    this.definitions.add(length);
    this.cells.set(id, LENGTH, length);
    this.#files[this.fileOf(chunk)]?.definitions.push(id);
    return id;
  }

  /** The ids that are now dead; they are not reused until `recycle`. */
  removeFile(path: string): readonly number[] {
    const fileId = this.#fileIds.get(path);
    const file = fileId === undefined ? undefined : this.#files[fileId];
    if (fileId === undefined || file === undefined) return [];
    for (const chunk of file.chunks) this.chunks.remove(this.cells.get(chunk, LENGTH));
    for (const definition of file.definitions) this.definitions.remove(this.cells.get(definition, LENGTH));
    const texts = [...file.chunks, ...file.definitions];
    for (const text of texts) this.#setFile(text, 0);
    this.#files[fileId] = undefined;
    this.#fileIds.delete(path);
    this.#freeFiles.push(fileId);
    return texts;
  }

  recycle(texts: readonly number[]): void {
    for (const text of texts) this.#freeTexts.push(text);
  }

  /** Adds a file's texts to a set that has room for all there are. */
  addTextsTo(set: TextSet, fileId: number): void {
    if (this.fileFacts.addTextsTo(set, fileId)) return;
    const { chunks = [], definitions = [] } = this.#files[fileId] ?? {};
    for (const chunk of chunks) set.add(chunk);
    for (const definition of definitions) set.add(definition);
  }

  /** The file id of a text; -1 for one that is not live. */
  fileOf(text: number): number {
    return this.cells.get(text, OWNER) - 1;
  }

  chunkOf(text: number): number {
    return this.cells.get(text, CHUNK);
  }

  fileLength(fileId: number): number {
    return this.fileFacts.length(fileId);
  }

  /** Mean length of a file; at least 1. */
  get meanFileLength(): number {
    return Math.max(1, this.chunks.total / Math.max(1, this.fileCount));
  }

  pathOf(text: number): string {
    return this.#files[this.fileOf(text)]?.path ?? '';
  }

  ordinalOf(chunk: number): number {
    return this.cells.get(chunk, ORDINAL);
  }

  linesOf(chunk: number): { readonly startLine: number; readonly endLine: number } {
    return { startLine: this.#startLine.get(chunk), endLine: this.#endLine.get(chunk) };
  }

  /** The id of a live chunk. */
  find(path: string, ordinal: number): number | undefined {
    const fileId = this.#fileIds.get(path);
    return fileId === undefined ? undefined : this.#files[fileId]?.chunks[ordinal];
  }

  #assertSound(): void {
    const size = this.#size;
    for (let text = 0; text < size; text++) {
      const isOwned = this.fileOf(text) < this.#files.length && this.chunkOf(text) < size;
      assertImage(isOwned, 'a text of no file');
    }
    assertImage(
      this.#freeTexts.every((text) => text < size && this.fileOf(text) < 0),
      'free texts that are taken',
    );
    for (const file of this.#files) {
      if (file === undefined) continue;
      const areThere = [...file.chunks, ...file.definitions].every((text) => text < size);
      assertImage(areThere, 'a file of texts that are not there');
    }
  }

  #newText(fileId: number): number {
    const id = this.#freeTexts.pop() ?? this.#size++;
    this.#setFile(id, fileId + 1);
    this.fileFacts.addTexts(fileId, id, id + 1);
    return id;
  }

  #setFile(text: number, owner: number): void {
    this.cells.set(text, OWNER, owner);
    if (owner === 0) this.live.delete(text);
    else this.live.add(text);
  }

  #gatherFacts(): void {
    for (const [id, file] of this.#files.entries()) {
      this.fileFacts.begin(id);
      this.fileFacts.setLength(id, file?.length ?? 0);
    }
    this.live.fit(this.#size);
    for (let start = 0, end = 0; start < this.#size; start = end) {
      const owner = this.cells.get(start, OWNER);
      while (end < this.#size && this.cells.get(end, OWNER) === owner) end++;
      if (owner === 0) continue;
      this.live.addRange(start, end);
      this.fileFacts.addTexts(owner - 1, start, end);
    }
  }
}
