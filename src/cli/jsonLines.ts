import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { UsageError } from './usageError.ts';

/** Reads a JSON-lines file; every line must fit `schema`. Throws `UsageError` naming file and line. */
export async function readJsonLines<T>(file: string, schema: z.ZodType<T>): Promise<readonly T[]> {
  const lines = (await readText(file)).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = schema.safeParse(parseJson(line, `${file}:${index + 1}`));
    if (parsed.success) return [parsed.data];
    throw new UsageError(`${file}:${index + 1}: ${z.prettifyError(parsed.error)}`);
  });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot read ${file}. Check the path.`, { cause: error });
  }
}

function parseJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new UsageError(`${where}: this line is not JSON.`, { cause: error });
  }
}
