import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { baselineSchema, type Baseline } from '../core/evals/baseline/baseline.ts';
import { formatBaseline } from '../core/evals/baseline/formatBaseline.ts';
import { UsageError } from './usageError.ts';

const REMEDY = 'Restore it, or make a new one with --update-baseline.';

/** Reads a baseline; throws `UsageError` naming the file when it is not there or not in the right form. */
export async function readBaseline(file: string): Promise<Baseline> {
  const text = await readText(file);
  const parsed = baselineSchema.safeParse(parseJson(text, file));
  if (parsed.success) return parsed.data;
  throw new UsageError(`${file} is not a baseline. ${REMEDY}\n${z.prettifyError(parsed.error)}`);
}

/** Writes a baseline so that the file holds either the old one or the new one, whatever happens. */
export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, formatBaseline(baseline), { flag: 'wx' });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new UsageError(`Cannot write the baseline to ${file}. Check the path.`, { cause: error });
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `Cannot read the baseline ${file}. Check the path, or make it with --update-baseline.`,
      { cause: error },
    );
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON. ${REMEDY}`, { cause: error });
  }
}
