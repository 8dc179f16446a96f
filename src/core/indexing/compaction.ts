import type { FileRecord, IndexStore, IndexWriter, SegmentId } from '../ports/indexStore.ts';
import { SEGMENT_SOURCE_BYTES } from './generationWriter.ts';
import type { Segment, SegmentFile } from './segment.ts';
import { SegmentBuilder } from './segmentBuilder.ts';
import { decodeSegment, encodeSegment } from './segmentCodec.ts';

/** Segments of less source than half a full one that may pile up before they are merged. */
export const MAX_FRAGMENTS = 32;
const FRAGMENT_BYTES = SEGMENT_SOURCE_BYTES / 2;
const MAX_DEAD_SHARE = 0.3;
/** Less dead weight than this (a quarter of a megabyte on disk) is not worth a rewrite, whatever its share. */
export const MIN_DEAD_TOKENS = 65_536;

export interface CompactionInput {
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
  const liveBytes = new Map<SegmentId, number>();
  for (const { segment, size } of input.files.values()) {
    liveBytes.set(segment, (liveBytes.get(segment) ?? 0) + size);
  }
  const fragments = [...liveBytes].filter(([, bytes]) => bytes < FRAGMENT_BYTES).map(([id]) => id);
  const merged = new Set(fragments.length > MAX_FRAGMENTS ? fragments : []);
  const moving: LiveFile[] = [];
  for (const id of liveBytes.keys()) {
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
    if (bytes >= SEGMENT_SOURCE_BYTES) await flush();
  }
  if (records.length > 0) await flush();
  return moved;
}
