import * as z from 'zod';
import { readTextFile } from './readTextFile.ts';
import { UsageError } from './usageError.ts';

/** Reads a JSON-lines file; every line must fit `schema`. Throws `UsageError` naming file and line. */
export async function readJsonLines<T>(file: string, schema: z.ZodType<T>): Promise<readonly T[]> {
  const lines = (await readTextFile(file)).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const where = `${file}:${index + 1}`;
    const parsed = schema.safeParse(parseJson(line, where));
    if (parsed.success) return [parsed.data];
    throw new UsageError(`${where}: ${z.prettifyError(parsed.error)}`);
  });
}

function parseJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new UsageError(`${where}: this line is not JSON.`, { cause: error });
  }
}
