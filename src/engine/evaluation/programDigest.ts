import { readFile } from 'node:fs/promises';
import { sha256Digest } from '../../adapters/files/sha256Digest.ts';

/** Identifies the build that is running, by the content of the bundle that this file is part of. */
export async function programDigest(): Promise<string> {
  return sha256Digest(await readFile(import.meta.filename));
}
