import { SerialQueue } from '../../src/core/async/serialQueue.ts';
import { StoreCorruptError } from '../../src/core/errors/storeErrors.ts';
import type {
  FileRecord,
  IndexChange,
  IndexSnapshot,
  IndexStore,
  IndexWriter,
  ProjectionId,
  SegmentId,
  VectorSets,
} from '../../src/core/ports/indexStore.ts';

const EMPTY: IndexSnapshot = { generation: 0, files: new Map(), vectors: {}, recipe: '', complete: false };

/** An index store in memory with the port's rules: one writer, atomic commits, segments dropped with their files. */
export class MemoryIndexStore implements IndexStore {
  #snapshot = EMPTY;
  readonly #writes = new SerialQueue();
  #lastSegment = 0;
  readonly #segments = new Map<SegmentId, Uint8Array>();
  readonly #bases = new Map<ProjectionId, Uint8Array>();

  /** Every change committed so far. */
  readonly commits: IndexChange[] = [];

  snapshot(): Promise<IndexSnapshot> {
    return Promise.resolve(this.#snapshot);
  }

  generation(): Promise<number> {
    return Promise.resolve(this.#snapshot.generation);
  }

  segment(id: SegmentId): Promise<Uint8Array> {
    const bytes = this.#segments.get(id);
    return bytes === undefined
      ? Promise.reject(new StoreCorruptError(`segment ${id}`, 'missing'))
      : Promise.resolve(bytes);
  }

  projection(id: ProjectionId): Promise<Uint8Array> {
    const bytes = this.#bases.get(id);
    return bytes === undefined
      ? Promise.reject(new StoreCorruptError(`basis ${id}`, 'missing'))
      : Promise.resolve(bytes);
  }

  /** Ids of the stored bases. */
  basisIds(): readonly ProjectionId[] {
    return [...this.#bases.keys()];
  }

  /** Loses a basis, as a failing disk would. */
  loseBasis(id: ProjectionId): void {
    this.#bases.delete(id);
  }

  /** Ids of the stored segments, oldest first. */
  segmentIds(): readonly SegmentId[] {
    return [...this.#segments.keys()];
  }

  /** Replaces a segment's bytes, as a failing disk would. */
  damage(id: SegmentId, bytes: Uint8Array): void {
    this.#segments.set(id, bytes);
  }

  write<T>(work: (writer: IndexWriter) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#writes.run(() => {
      const written = new Map<SegmentId, Uint8Array>();
      const writer: IndexWriter = {
        snapshot: () => this.snapshot(),
        putSegment: (bytes) => {
          const id = `segment-${++this.#lastSegment}`;
          written.set(id, bytes.slice());
          return Promise.resolve(id);
        },
        putProjection: (bytes) => {
          const id = Buffer.from(bytes).toString('hex');
          this.#bases.set(id, bytes.slice());
          return Promise.resolve(id);
        },
        commit: (change) => Promise.resolve(this.#commit(change, written)),
      };
      return work(writer);
    }, signal);
  }

  clear(): Promise<void> {
    return this.write(() => {
      this.#snapshot = { ...EMPTY, generation: this.#snapshot.generation + 1 };
      this.#segments.clear();
      this.#bases.clear();
      return Promise.resolve();
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #commit(change: IndexChange, written: Map<SegmentId, Uint8Array>): number {
    const files = new Map<string, FileRecord>(this.#snapshot.files);
    for (const path of change.removals) files.delete(path);
    for (const record of change.upserts) files.set(record.path, record);
    for (const [id, bytes] of written) this.#segments.set(id, bytes);
    written.clear();
    const live = new Set([...files.values()].map((record) => record.segment));
    for (const id of this.#segments.keys()) if (!live.has(id)) this.#segments.delete(id);
    for (const id of live)
      if (!this.#segments.has(id)) throw new Error(`Commit names unknown segment ${id}.`);
    const { vectors, recipe, complete } = change;
    this.#snapshot = { generation: this.#snapshot.generation + 1, files, vectors, recipe, complete };
    this.#dropBases(change.vectors);
    this.commits.push(change);
    return this.#snapshot.generation;
  }

  #dropBases({ serving, next }: VectorSets): void {
    const named = [serving?.projection?.id, next?.projection?.id];
    for (const id of this.#bases.keys()) if (!named.includes(id)) this.#bases.delete(id);
  }
}
