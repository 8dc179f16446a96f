import { chmodSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { findGit } from '../../../src/adapters/git/gitProgram.ts';
import { temporaryFolder } from '../crash/temporaryFolder.ts';

let base: string;
let workspace: string;
let system: string;

beforeEach(() => {
  base = realpathSync(temporaryFolder());
  workspace = join(base, 'workspace');
  system = join(base, 'bin');
  placeGit(system);
  placeGit(join(workspace, 'node_modules/.bin'));
  placeGit(workspace);
});

function placeGit(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'git'), '#!/bin/sh\n', { mode: 0o755 });
}

const found = async (...path: readonly string[]) =>
  (await findGit(workspace, { PATH: path.join(delimiter) }))?.path;

describe.skipIf(process.platform === 'win32')('the git of this machine', () => {
  test.each([
    ['a folder of the workspace', () => join(workspace, 'node_modules/.bin')],
    ['the workspace', () => workspace],
    ['the workspace by a way around', () => join(workspace, 'node_modules/..')],
    [
      'a link to the workspace',
      () => {
        symlinkSync(workspace, join(base, 'link'));
        return join(base, 'link');
      },
    ],
    [
      'a folder that holds a link into the workspace',
      () => {
        mkdirSync(join(base, 'links'));
        symlinkSync(join(workspace, 'git'), join(base, 'links/git'));
        return join(base, 'links');
      },
    ],
    ['the folder one is in', () => '.'],
    ['an empty place', () => ''],
    ['a relative folder', () => 'node_modules/.bin'],
    ['a way up', () => '../workspace'],
  ])('attack: is not taken from %s, though it comes first', async (_, first) => {
    expect(await found(first(), system)).toBe(join(system, 'git'));
  });

  test('is the first that can be run', async () => {
    const later = join(base, 'later');
    placeGit(later);
    expect(await found(system, later)).toBe(join(system, 'git'));
    chmodSync(join(system, 'git'), 0o644);
    expect(await found(join(base, 'gone'), system, later)).toBe(join(later, 'git'));
    expect(await found(join(base, 'gone'))).toBeUndefined();
  });

  test('attack: learns no key and none of the variables that could lead it elsewhere', async () => {
    const env = {
      PATH: [join(workspace, 'node_modules/.bin'), '.', system].join(delimiter),
      HOME: base,
      OPENAI_API_KEY: 'sk-secret',
      GITHUB_TOKEN: 'secret',
      GIT_DIR: workspace,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: 'evil',
      GIT_SSH_COMMAND: 'evil',
      GIT_EXEC_PATH: workspace,
      LD_PRELOAD: join(workspace, 'evil.so'),
      DYLD_INSERT_LIBRARIES: join(workspace, 'evil.dylib'),
      SSH_ASKPASS: 'evil',
      PAGER: 'evil',
      EDITOR: 'evil',
    };
    expect((await findGit(workspace, env))?.env).toEqual({ HOME: base, PATH: system });
  });
});
