import type { Chunker } from '../ports/chunker.ts';
import type {
  FileRecord,
  IndexSnapshot,
  IndexStore,
  IndexWriter,
  SegmentId,
  VectorSets,
} from '../ports/indexStore.ts';
import { FileTable } from './fileTable.ts';
import type { FoundFile } from './folderWalk.ts';
import type { Segment, SegmentFile } from './segment.ts';
import { SegmentBuilder } from './segmentBuilder.ts';
import { decodeSegment, encodeSegment } from './segmentCodec.ts';
import { withPending } from './vectors/vectorSets.ts';

/** Bytes of source after which a segment is closed. Fixed, so that a first index cuts the same files alike. */
const SEGMENT_SOURCE_BYTES = 4 * 1024 * 1024;
/** Empty files weigh nothing and still take their place. */
const SEGMENT_FILES = 20_000;

/** Whether a segment of so many bytes of source, in so many files, is full. */
function isFull(bytes: number, files: number): boolean {
  return bytes >= SEGMENT_SOURCE_BYTES || files >= SEGMENT_FILES;
}

interface GenerationWriterOptions {
  readonly writer: IndexWriter;
  readonly chunker: Chunker;
  /** Lets other tasks run; rejects when the pass is cancelled. */
  readonly pace: () => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

type Base = Pick<IndexSnapshot, 'generation' | 'files' | 'vectors' | 'recipe'>;

/**
 * Collects changes of files and commits them as new generations on top of a base. Words find the files from then on;
 * their vectors are pending.
 */
export class GenerationWriter {
  readonly #options: GenerationWriterOptions;
  readonly #recipe: string;
  #files: ReadonlyMap<string, FileRecord>;
  readonly #losses = new Set<SegmentId>();
  #vectors: VectorSets;
  #generation: number;

  #builder = new SegmentBuilder();
  #written: Omit<FileRecord, 'segment'>[] = [];
  #kept: FileRecord[] = [];
  #removals = new Set<string>();
  #outdated = new Set<string>();
  #sourceBytes = 0;

  constructor(base: Base, options: GenerationWriterOptions) {
    this.#options = options;
    this.#recipe = base.recipe;
    this.#files = base.files;
    this.#vectors = base.vectors;
    this.#generation = base.generation;
  }

  /** The newest one: the base's until something is committed. */
  get generation(): number {
    return this.#generation;
  }

  /** The records as the last commit left them. */
  get files(): ReadonlyMap<string, FileRecord> {
    return this.#files;
  }

  /** Segments that lost files to these commits. */
  get losses(): ReadonlySet<SegmentId> {
    return this.#losses;
  }

  /** True when enough has been collected for a segment. */
  get isFull(): boolean {
    return isFull(this.#sourceBytes, this.#written.length);
  }

  get hasChanges(): boolean {
    return this.#written.length > 0 || this.#kept.length > 0 || this.#removals.size > 0;
  }

  addText({ path, size, modifiedMs }: FoundFile, hash: string, text: string): void {
    const spans = this.#options.chunker.chunk(path, text);
    this.#builder.addText(path, text, spans);
    this.#written.push({ path, size, modifiedMs, hash, chunkCount: spans.length });
    if (this.#files.has(path)) this.#outdated.add(path);
    this.#sourceBytes += size;
  }

  /** Replaces a record whose file has the same chunks as before. */
  keep(record: FileRecord): void {
    this.#kept.push(record);
  }

  remove(path: string): void {
    this.#removals.add(path);
    if (this.#files.has(path)) this.#outdated.add(path);
  }

  /** Makes what was collected since the last commit visible, all at once. */
  async commit(complete: boolean): Promise<void> {
    const { writer, pace, signal } = this.#options;
    const upserts = [...this.#kept];
    if (this.#builder.fileCount > 0) {
      await pace();
      const segment = await writer.putSegment(encodeSegment(this.#builder.build()));
      for (const file of this.#written) upserts.push({ ...file, segment });
    }
    for (const { path } of upserts) this.#removals.delete(path);
    this.#vectors = withPending(this.#vectors, [...this.#written.map(({ path }) => path), ...this.#outdated]);
    signal?.throwIfAborted();
    this.#generation = await writer.commit({
      upserts,
      removals: [...this.#removals],
      vectors: this.#vectors,
      recipe: this.#recipe,
      complete,
    });
    this.#apply(upserts);
  }

  #apply(upserts: readonly FileRecord[]): void {
    for (const path of this.#outdated) {
      const segment = this.#files.get(path)?.segment;
      if (segment !== undefined) this.#losses.add(segment);
    }
    const changes = new Map<string, FileRecord | undefined>();
    for (const path of this.#removals) changes.set(path, undefined);
    for (const record of upserts) changes.set(record.path, record);
    this.#files = FileTable.with(this.#files, changes);
    this.#builder = new SegmentBuilder();
    this.#written = [];
    this.#kept = [];
    this.#removals = new Set();
    this.#outdated = new Set();
    this.#sourceBytes = 0;
  }
}

/** Segments not half as large as a full one that may pile up before they are merged. */
export const MAX_FRAGMENTS = 32;
const MAX_DEAD_SHARE = 0.3;
/** Less dead weight than this (a quarter of a megabyte on disk) is not worth a rewrite, whatever its share. */
export const MIN_DEAD_TOKENS = 65_536;

interface CompactionInput {
  readonly store: Pick<IndexStore, 'segment'>;
  readonly writer: Pick<IndexWriter, 'putSegment'>;
  readonly files: ReadonlyMap<string, FileRecord>;
  /** Segments some of whose files were replaced or removed of late. */
  readonly losses: ReadonlySet<SegmentId>;
}

/**
 * Rewrites segments with much dead weight, and all small ones when there are too many. Returns the records of
 * the files that moved; once these are committed, nothing refers to the old segments.
 */
export async function compactSegments(input: CompactionInput): Promise<readonly FileRecord[]> {
  const alive = new Map<SegmentId, { bytes: number; files: number }>();
  for (const { segment, size } of input.files.values()) {
    const { bytes, files } = alive.get(segment) ?? { bytes: 0, files: 0 };
    alive.set(segment, { bytes: bytes + size, files: files + 1 });
  }
  const fragments = [...alive]
    .filter(([, { bytes, files }]) => !isFull(2 * bytes, 2 * files))
    .map(([id]) => id);
  const merged = new Set(fragments.length > MAX_FRAGMENTS ? fragments : []);
  const moving: LiveFile[] = [];
  for (const id of alive.keys()) {
    if (!merged.has(id) && !input.losses.has(id)) continue;
    const segment = decodeSegment(await input.store.segment(id), `segment ${id}`);
    const live = liveFiles(segment, id, input.files);
    if (merged.has(id) || hasMuchDead(segment, live)) for (const file of live) moving.push(file);
  }
  return rewrite(moving, input.writer);
}

interface LiveFile {
  readonly record: FileRecord;
  readonly file: SegmentFile;
  readonly segment: Segment;
}

function liveFiles(
  segment: Segment,
  id: SegmentId,
  files: ReadonlyMap<string, FileRecord>,
): readonly LiveFile[] {
  return segment.files.flatMap((file) => {
    const record = files.get(file.path);
    return record?.segment === id ? [{ record, file, segment }] : [];
  });
}

function hasMuchDead({ tokens }: Segment, live: readonly LiveFile[]): boolean {
  const liveTokens = live.reduce((sum, { file }) => sum + file.tokenEnd - file.tokenStart, 0);
  const dead = tokens.length - liveTokens;
  return dead >= MIN_DEAD_TOKENS && dead > tokens.length * MAX_DEAD_SHARE;
}

async function rewrite(
  moving: readonly LiveFile[],
  writer: CompactionInput['writer'],
): Promise<readonly FileRecord[]> {
  const moved: FileRecord[] = [];
  let builder = new SegmentBuilder();
  let records: FileRecord[] = [];
  let bytes = 0;
  const flush = async () => {
    const segment = await writer.putSegment(encodeSegment(builder.build()));
    for (const record of records) moved.push({ ...record, segment });
    builder = new SegmentBuilder();
    records = [];
    bytes = 0;
  };
  for (const { record, file, segment } of moving.toSorted((a, b) => (a.file.path < b.file.path ? -1 : 1))) {
    builder.addFile(segment, file);
    records.push(record);
    bytes += record.size;
    if (isFull(bytes, records.length)) await flush();
  }
  if (records.length > 0) await flush();
  return moved;
}
