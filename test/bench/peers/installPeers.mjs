// @ts-check
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installOnce } from '../../../bin/dev/lib/installOnce.mjs';
import { toolNode } from '../../../bin/dev/lib/nodeRuntime.mjs';
import { runNpm } from '../../../bin/dev/lib/npm.mjs';
import { CACHE } from '../../../bin/dev/lib/places.mjs';
import { withSetupLock } from '../../../bin/dev/lib/setupLock.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** What LanceDB brings for embedding, which nobody asks it for here: half a gigabyte. */
const UNUSED = [
  '@huggingface',
  '@img',
  'onnxruntime-common',
  'onnxruntime-node',
  'onnxruntime-web',
  'openai',
];

/** Resolves to a folder with the packages of this folder's package.json, which npm brings at the first call. */
export async function installPeers() {
  const manifest = await readFile(join(HERE, 'package.json'));
  const target = join(CACHE, `peers-${createHash('sha256').update(manifest).digest('hex').slice(0, 12)}`);
  await withSetupLock(() =>
    installOnce(target, async (work) => {
      const folder = join(work, 'peers');
      await mkdir(folder);
      await writeFile(join(folder, 'package.json'), manifest);
      await runNpm(toolNode(), ['install', '--ignore-scripts'], { cwd: folder, log: 'peers' });
      for (const name of UNUSED)
        await rm(join(folder, 'node_modules', name), { recursive: true, force: true });
      return folder;
    }),
  );
  return target;
}
