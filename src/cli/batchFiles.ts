import * as z from 'zod';
import { readJsonLines } from './jsonLines.ts';

const id = z.union([z.string(), z.number()]);

const query = z.object({ id, query: z.string() });

const completionCase = z.object({
  id,
  file: z.string().min(1),
  offset: z.int().nonnegative(),
  /** Stands in for the unsaved buffer of `file`. */
  content: z.string().optional(),
});

export type Query = z.infer<typeof query>;
export type CompletionCase = z.infer<typeof completionCase>;

/** The lines of a file for `search --queries`. Throws `UsageError` naming file and line. */
export function readQueries(file: string): Promise<readonly Query[]> {
  return readJsonLines(file, query);
}

/** The lines of a file for `complete --cases`. Throws `UsageError` naming file and line. */
export function readCompletionCases(file: string): Promise<readonly CompletionCase[]> {
  return readJsonLines(file, completionCase);
}
