import type { DatabaseSync } from 'node:sqlite';
import { StoreCorruptError } from '../../core/errors/storeErrors.ts';
import type {
  IndexChange,
  IndexSnapshot,
  IndexWriter,
  ProjectionId,
  SegmentId,
} from '../../core/ports/indexStore.ts';
import { commitChange, readState, type CommittedState } from './commitChange.ts';
import { type StoreParts, sweepVectors } from './sweepStore.ts';

/** The writer's end of a store, until `end`; there must never be two of them. */
export class StoreWriter implements IndexWriter {
  readonly #parts: StoreParts;
  /** The manifest that is built upon; another connection means that it has been deleted or replaced since. */
  readonly #database: DatabaseSync;
  #generation: number;
  #lastSegment: number;
  #uncommitted: SegmentId[] = [];
  #ended = false;

  /** `database` is open on the manifest whose newest commit, by any process, left this state. */
  constructor(parts: StoreParts, database: DatabaseSync, { generation, lastSegment }: CommittedState) {
    this.#parts = parts;
    this.#database = database;
    this.#generation = generation;
    this.#lastSegment = lastSegment;
  }

  static begin(parts: StoreParts): Promise<StoreWriter> {
    return parts.manifest.use(
      (statements, database) => new StoreWriter(parts, database, readState(statements)),
    );
  }

  snapshot(): Promise<IndexSnapshot> {
    return this.#parts.snapshots.read();
  }

  async putSegment(bytes: Uint8Array): Promise<SegmentId> {
    this.#assertValid();
    const id = await this.#parts.segments.write(bytes, ++this.#lastSegment);
    this.#uncommitted.push(id);
    return id;
  }

  async putProjection(bytes: Uint8Array): Promise<ProjectionId> {
    this.#assertValid();
    const { bases } = this.#parts;
    const id = await bases.write(bytes);
    await bases.sync();
    return id;
  }

  async commit(change: IndexChange): Promise<number> {
    this.#assertValid();
    const { manifest, segments, now } = this.#parts;
    const position = {
      generation: this.#generation,
      segments: [...this.#uncommitted],
      lastSegment: this.#lastSegment,
    };
    if (position.segments.length > 0) await segments.sync();
    this.#generation = await manifest.use((statements, database) => {
      if (database !== this.#database) {
        // Files of the same names may belong to the new one: what is not wanted there is swept.
        this.#uncommitted = [];
        throw new StoreCorruptError('manifest', 'replaced while in use');
      }
      return commitChange(database, statements, change, position, now());
    });
    this.#uncommitted = this.#uncommitted.filter((id) => !position.segments.includes(id));
    await manifest.sync();
    await sweepVectors(this.#parts);
    return this.#generation;
  }

  /** Discards what was not committed; a basis is left to the next sweep, as it may be in use already. */
  end(): void {
    this.#ended = true;
    this.#parts.segments.delete(this.#uncommitted);
  }

  #assertValid(): void {
    if (this.#ended) throw new Error('This writer has ended. Use it within the call to write() only.');
  }
}
