import * as z from 'zod';
import { readTextFile } from '../cli/readTextFile.ts';
import { UsageError } from '../cli/usageError.ts';

const schema = z.array(
  z.object({ docId: z.string(), chunks: z.array(z.object({ index: z.int(), content: z.string() })) }),
);

/** Documents that are cut already, the chunks in order. */
export type ChunkedDocuments = z.infer<typeof schema>;

/** Throws `UsageError`, with the line where it can be told, for a file that holds anything else or nothing. */
export async function readChunkedDocuments(file: string): Promise<ChunkedDocuments> {
  const parsed = schema.safeParse(parseJson(await readTextFile(file), file));
  if (!parsed.success) throw new UsageError(`${file}: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.every(({ chunks }) => chunks.length === 0)) {
    throw new UsageError(`${file} holds no chunks to search.`);
  }
  return parsed.data;
}

/** Names a chunk. */
export function chunkKey(docId: string, index: number): string {
  return `${docId}#${index}`;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const line = lineOfError(String(error), text);
    throw new UsageError(`${file}:${line}: this is not JSON.`, { cause: error });
  }
}

/** V8 says at which offset it stopped, and nothing when that is the end. */
function lineOfError(message: string, text: string): number {
  const [, offset = text.length] = /at position (\d+)/.exec(message) ?? [];
  return text.slice(0, Number(offset)).split('\n').length;
}
