import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../../bin/dev/lib/places.mjs';
import { OUTPUT } from '../support/workbench/output.ts';

const SUITE = join(ROOT, 'test/host/suite');

/**
 * Bundles the runner and each test file, in a folder from which node_modules can still be reached.
 *
 * @returns path of the runner
 */
export async function bundleSuite(): Promise<string> {
  const outdir = join(OUTPUT, 'host-suite');
  await rm(outdir, { recursive: true, force: true });
  const names = await readdir(SUITE);
  await build({
    entryPoints: names
      .filter((name) => /^index\.ts$|\.test\.ts$/.test(name))
      .map((name) => join(SUITE, name)),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'index.js');
}
