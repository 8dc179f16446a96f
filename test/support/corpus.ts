import { existsSync } from 'node:fs';
import { cp, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installOnce } from '../../bin/dev/lib/installOnce.mjs';
import { toolNode } from '../../bin/dev/lib/nodeRuntime.mjs';
import { runNpm } from '../../bin/dev/lib/npm.mjs';
import { CACHE, ROOT } from '../../bin/dev/lib/places.mjs';
import { runLogged } from '../../bin/dev/lib/runLogged.mjs';
import { withSetupLock } from '../../bin/dev/lib/setupLock.mjs';

const TYPEORM = 'typeorm-0.3.31';

/**
 * Copies this repository as committed, with its history, into a new temporary folder. Where `part` is given, a last commit
 * takes away all but that folder.
 */
export async function cloneOfThisRepository(part?: string): Promise<string> {
  const folder = await temporaryFolder('touchstone');
  await runLogged('clone', 'git', ['clone', '--quiet', ROOT, folder]);
  if (part === undefined) return folder;
  const git = ['-C', folder, '-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
  await runLogged('remove', 'git', [...git, 'rm', '-r', '--quiet', '--', '.', `:!${part}`]);
  await runLogged('commit', 'git', [...git, 'commit', '--quiet', '--message', `Keep ${part} alone`]);
  return folder;
}

/** Copies the published package typeorm, some 3,000 files, into a new temporary folder. It is downloaded once. */
export async function copyOfTypeorm(): Promise<string> {
  const folder = await temporaryFolder('typeorm');
  await cp(await typeorm(), folder, { recursive: true });
  return folder;
}

async function typeorm(): Promise<string> {
  const folder = join(CACHE, 'corpus', TYPEORM);
  if (existsSync(folder)) return folder;
  await withSetupLock(() =>
    installOnce(folder, async (work) => {
      await writeFile(join(work, 'package.json'), '{"private":true}');
      const args = ['install', '--ignore-scripts', TYPEORM.replace(/-(?=\d)/, '@')];
      await runNpm(toolNode(), args, { cwd: work, log: TYPEORM });
      return join(work, 'node_modules/typeorm');
    }),
  );
  return folder;
}

async function temporaryFolder(name: string): Promise<string> {
  // The name of the folder shows in the window.
  return realpath(await mkdtemp(join(tmpdir(), `${name}-`)));
}
