// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolNode } from './nodeRuntime.mjs';
import { DIST, ROOT } from './places.mjs';
import { runLogged } from './runLogged.mjs';
import { hashSources } from './sourceHash.mjs';

const INPUTS = [
  'src',
  'media',
  'esbuild.mjs',
  'bin/dev/lib/thirdPartyNotices.mjs',
  'package.json',
  'package-lock.json',
];
const STAMP = join(DIST, '.built-from');

/** Whether dist/ was built from exactly these sources. */
export function hasBundles() {
  return readStamp() === hashSources(INPUTS);
}

/** Builds dist/ for production. */
export async function buildBundles() {
  const hash = hashSources(INPUTS);
  await runLogged('build', toolNode(), ['esbuild.mjs'], { cwd: ROOT });
  writeFileSync(STAMP, hash);
}

/** What dist/ was built from; none when it was not built by set-up. */
export function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}
