import { StoreCorruptError } from '../../errors/storeErrors.ts';
import { LINE_BREAK, gapOf, gapText, wordOf } from '../../text/lexer.ts';
import type { FileRecord, SegmentId } from '../../ports/indexStore.ts';
import type { Segment, SegmentChunk } from '../segment.ts';

/** A file's chunks as they are embedded, by ordinal. */
export interface FileTexts {
  readonly record: FileRecord;
  readonly texts: readonly string[];
}

/** Where the texts to embed come from. */
export interface ChunkTexts {
  /** The texts of these files, in no particular order. Rejects with a `StoreCorruptError` for damaged segments. */
  read(files: Iterable<FileRecord>): AsyncIterable<FileTexts>;
}

/** The texts as their tokens spell them: the file itself may have changed since, or be gone. */
export function textsOfSegments(readSegment: (id: SegmentId) => Promise<Segment>): ChunkTexts {
  return {
    async *read(files) {
      const bySegment = Map.groupBy(files, ({ segment }) => segment);
      for (const [id, records] of bySegment) {
        const segment = await readSegment(id);
        const files = new Map(segment.files.map((file) => [file.path, file]));
        for (const record of records) {
          const file = files.get(record.path);
          if (!file) throw new StoreCorruptError(`segment ${id}`, `${record.path} is not in it`);
          yield { record, texts: file.chunks.map((chunk) => chunkText(segment, record.path, chunk)) };
        }
      }
    },
  };
}

const GAPS = Array.from({ length: 256 }, (_, gap) => gapText(gap));

/** The path says much about the code and goes first; every chunk begins with a line break. */
function chunkText({ words, tokens }: Segment, path: string, { tokenStart, tokenEnd }: SegmentChunk): string {
  let text = path;
  for (let at = tokenStart; at < tokenEnd; at++) {
    const token = tokens[at] ?? 0;
    const word = wordOf(token);
    const gap = GAPS[gapOf(token)] ?? '';
    text += word === LINE_BREAK ? `\n${gap}` : gap + (words[word - 1] ?? '');
  }
  return text;
}
