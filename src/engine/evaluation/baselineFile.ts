import { dirname } from 'node:path';
import { atomicWrite } from '../../adapters/durable/atomicWrite.ts';
import { makeFolder } from '../../adapters/durable/makeFolder.ts';
import { readNamedFile } from '../workspace/namedFile.ts';
import type { Baseline } from '../../evals/baseline/baseline.ts';
import { formatBaseline } from '../../evals/baseline/formatBaseline.ts';
import { parseBaseline } from '../../evals/baseline/parseBaseline.ts';
import { BaselineUnusableError } from '../../core/errors/evaluationErrors.ts';

/**
 * Reads a baseline. Throws `BaselineUnusableError` naming the file when it is not there or not in the right form;
 * `remedy` says how to make one.
 */
export async function readBaseline(file: string, remedy: string): Promise<Baseline> {
  const read = parseBaseline(await readText(file, remedy));
  if (!('problem' in read)) return read;
  throw new BaselineUnusableError(`${file} ${read.problem}. Restore it, or ${remedy}.`);
}

/** Writes a baseline so that the file holds either the old one or the new one, whatever happens. */
export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  try {
    makeFolder(dirname(file));
    await atomicWrite(file, new TextEncoder().encode(formatBaseline(baseline)));
  } catch (error) {
    throw new BaselineUnusableError(`Cannot write the baseline to ${file}. Check the path.`, {
      cause: error,
    });
  }
}

async function readText(file: string, remedy: string): Promise<string> {
  try {
    return new TextDecoder().decode(await readNamedFile(file));
  } catch (error) {
    throw new BaselineUnusableError(`Cannot read the baseline ${file}. Check the path, or ${remedy}.`, {
      cause: error,
    });
  }
}
