// @ts-check
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { installOnce } from '../../../bin/dev/lib/installOnce.mjs';
import { toolNode } from '../../../bin/dev/lib/nodeRuntime.mjs';
import { runNpm } from '../../../bin/dev/lib/npm.mjs';
import { CACHE } from '../../../bin/dev/lib/places.mjs';
import { withSetupLock } from '../../../bin/dev/lib/setupLock.mjs';
import { bringSource } from './bringSource.mjs';
import { onlyImports } from './onlyImports.mjs';

/** @import { OtherChunker } from './chunker.mjs' */

/**
 * Resolves to the bundle of a chunker, which is made at the first call. Rejects where its source cannot be had.
 *
 * @param {OtherChunker} chunker
 * @param {string} [clone] folder of a clone of its repository
 */
export async function installChunker(chunker, clone) {
  const { id, source, entry, keeps, dependencies, define } = chunker;
  const shape = JSON.stringify([source, entry, `${keeps}`, dependencies, define('')]);
  const hash = createHash('sha256').update(shape).digest('hex').slice(0, 12);
  const target = join(CACHE, `chunker-${id}-${hash}`);
  await withSetupLock(() =>
    installOnce(target, async (work) => {
      const folder = join(work, 'chunker');
      await mkdir(folder);
      await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
      await runNpm(toolNode(), ['install', '--ignore-scripts'], { cwd: folder, log: 'chunkers' });
      const sources = await bringSource(source, work, clone);
      await build({
        entryPoints: [join(sources, entry)],
        outfile: bundleIn(folder),
        bundle: true,
        platform: 'node',
        format: 'cjs',
        define: define(target),
        plugins: [onlyImports(keeps, Object.keys(dependencies))],
        tsconfigRaw: {},
        logLevel: 'error',
      });
      await rm(sources, { recursive: true });
      return folder;
    }),
  );
  return bundleIn(target);
}

/** @param {string} folder */
function bundleIn(folder) {
  return join(folder, 'chunker.cjs');
}
