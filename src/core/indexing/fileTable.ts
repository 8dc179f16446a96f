import type { FileRecord } from '../ports/indexStore.ts';

type Files = ReadonlyMap<string, FileRecord>;

/** Path → its new record, `undefined` for a file that is gone. */
export type FileChanges = ReadonlyMap<string, FileRecord | undefined>;

/** Changes above which a table is written out: until then, a commit costs the same in a folder of any size. */
const MAX_CHANGES = 500;

/** The files of a generation as changes to those of an earlier one, which many tables share. In no particular order. */
export class FileTable implements Files {
  readonly size: number;
  readonly #base: Files;
  readonly #changes: FileChanges;

  /** `changes` must not be changed any more, and neither must `base`, which is not itself such a table. */
  constructor(base: Files, changes: FileChanges) {
    this.#base = base;
    this.#changes = changes;
    let size = base.size;
    for (const [path, record] of changes) size += Number(record !== undefined) - Number(base.has(path));
    this.size = size;
  }

  /** These files with the changes made, in much less time than it takes to copy them. Neither must change afterwards. */
  static with(files: Files, changes: FileChanges): Files {
    if (changes.size === 0) return files;
    const { base, changes: earlier } = FileTable.#layers(files);
    const table = new FileTable(base, new Map([...earlier, ...changes]));
    return table.#changes.size > MAX_CHANGES ? new Map(table) : table;
  }

  /** The paths that may have other records in the one than in the other; `undefined` when all may. */
  static changed(one: Files, other: Files): Iterable<string> | undefined {
    if (one === other) return [];
    const [a, b] = [FileTable.#layers(one), FileTable.#layers(other)];
    return a.base === b.base ? new Set([...a.changes.keys(), ...b.changes.keys()]) : undefined;
  }

  static #layers(files: Files): { readonly base: Files; readonly changes: FileChanges } {
    if (files instanceof FileTable) return { base: files.#base, changes: files.#changes };
    return { base: files, changes: new Map() };
  }

  get(path: string): FileRecord | undefined {
    return this.#changes.has(path) ? this.#changes.get(path) : this.#base.get(path);
  }

  has(path: string): boolean {
    return this.get(path) !== undefined;
  }

  *entries(): Generator<[string, FileRecord], undefined> {
    for (const entry of this.#base) if (!this.#changes.has(entry[0])) yield entry;
    for (const [path, record] of this.#changes) if (record) yield [path, record];
  }

  *keys(): Generator<string, undefined> {
    for (const path of this.#base.keys()) if (!this.#changes.has(path)) yield path;
    for (const [path, record] of this.#changes) if (record) yield path;
  }

  *values(): Generator<FileRecord, undefined> {
    for (const [path, record] of this.#base) if (!this.#changes.has(path)) yield record;
    for (const record of this.#changes.values()) if (record) yield record;
  }

  [Symbol.iterator](): Generator<[string, FileRecord], undefined> {
    return this.entries();
  }

  forEach(callback: (record: FileRecord, path: string, files: Files) => void): void {
    for (const [path, record] of this) callback(record, path, this);
  }
}
