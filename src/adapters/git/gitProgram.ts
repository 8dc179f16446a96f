import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { isInside } from '../durable/ownPlace.ts';

/** The git of this machine and what it is started with. */
export interface GitProgram {
  /** Absolute path. */
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * What git needs to find the user's own configuration, which says which folders of others are safe, and to work at all. Of
 * everything else, keys for models among it, it learns nothing; `GIT_*` could lead it to another repository or program.
 */
const PASSED_ON = [
  ...['HOME', 'XDG_CONFIG_HOME', 'TMPDIR'],
  ...['USERPROFILE', 'HOMEDRIVE', 'HOMEPATH', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'ALLUSERSPROFILE'],
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'TEMP', 'TMP'],
];

/**
 * The first git on the PATH that did not come with `workspace`, an absolute real path; `undefined` where there is none.
 * Relative folders of the PATH are passed over: they mean whatever folder one is in.
 */
export async function findGit(
  workspace: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<GitProgram | undefined> {
  const folders: string[] = [];
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const real = isAbsolute(folder) ? await realpath(folder).catch(() => undefined) : undefined;
    if (real !== undefined && !isInside(workspace, real)) folders.push(folder);
  }
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  for (const folder of folders) {
    const path = join(folder, name);
    const real = await executable(path);
    if (real === undefined || isInside(workspace, real)) continue;
    const passed = PASSED_ON.flatMap((variable) => {
      const value = env[variable];
      return value === undefined || value === '' ? [] : [[variable, value] as const];
    });
    return { path, env: { ...Object.fromEntries(passed), PATH: folders.join(delimiter) } };
  }
  return undefined;
}

async function executable(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    return await realpath(path);
  } catch {
    return undefined;
  }
}
