import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { UsageError } from '../usageError.ts';

const schema = z.array(
  z.object({ docId: z.string(), chunks: z.array(z.object({ index: z.int(), content: z.string() })) }),
);

/** Documents that are cut already, the chunks in order. */
export type ChunkedDocuments = z.infer<typeof schema>;

/** Throws `UsageError` for a file that holds anything else. */
export async function readChunkedDocuments(file: string): Promise<ChunkedDocuments> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new UsageError(`Cannot use ${file}: ${reason}`, { cause: error });
  }
}

/** Names a chunk. */
export function chunkKey(docId: string, index: number): string {
  return `${docId}#${index}`;
}
