// @ts-check
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundles, hasBundles, readStamp } from './bundles.mjs';
import { toolNode } from './nodeRuntime.mjs';
import { DIST, ROOT, VSIX } from './places.mjs';
import { runLogged } from './runLogged.mjs';
import { hashSources } from './sourceHash.mjs';

const VSCE = join(ROOT, 'node_modules/@vscode/vsce/vsce');
const PAGES = ['.vscodeignore', 'package.nls.json', 'README.md', 'CHANGELOG.md', 'LICENSE'];
const STAMP = join(DIST, '.packaged-from');

/** Packs dist/ into the VSIX unless the one there is up to date; set-up has run. */
export async function ensureVsix() {
  if (!hasBundles()) await buildBundles();
  const source = vsixSource();
  if (existsSync(VSIX) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === source) return;
  const args = [
    ...[VSCE, 'package', '--out', VSIX, '--no-dependencies'],
    // Nothing in the sources says where they are published.
    ...['--allow-missing-repository', '--no-rewrite-relative-links'],
  ];
  await runLogged('package', toolNode(), args, { cwd: ROOT });
  writeFileSync(STAMP, source);
}

/** Identifies all that goes into the VSIX. */
export function vsixSource() {
  return `${readStamp()} ${hashSources(PAGES)}`;
}
