// @ts-check
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RESULTS } from './measure.mjs';

/** @import { Measured } from './measure.mjs' */

/** @returns {Promise<readonly Measured[]>} all results there are, in the order of their files */
export async function readResults() {
  if (!existsSync(RESULTS)) return [];
  const files = (await readdir(RESULTS, { recursive: true })).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(join(RESULTS, file), 'utf8'))));
}
