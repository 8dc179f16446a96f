import { execFileSync } from 'node:child_process';
import { readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { createWorkspace } from '../support/workbench/workspaceFolder.ts';

const LINE = 'const session = await openSession(settings, signal);';
const STRANGE = 'größe & maße/файл one.ts';
const MEGABYTE = 2 ** 20;

const FILES = {
  ...Object.fromEntries(
    ['login', 'logout', 'renew', 'revoke', 'share'].map((name) => [`src/${name}.ts`, use(name, `  ${LINE}`)]),
  ),
  'src/unix.ts': use('unix', ''),
  'src/windows.ts': use('windows', '').replaceAll('\n', '\r\n'),
  [STRANGE]: 'export function measureLighthouse(): number {\n  return 42;\n}\n',
  'src/huge.ts': 'export const value = 1;\n'.repeat((5 * MEGABYTE) / 24),
  'src/picture.bin': '\u0000\u0001\u0002'.repeat(1000),
};

function use(name: string, line: string): string {
  const signature = `export async function ${name}(settings: Settings, signal: AbortSignal) {`;
  return [signature, line, `  return session.${name}();`, '}', ''].join('\n');
}

describe('the packaged extension in a folder of odd files', () => {
  let folder: string;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    folder = await createWorkspace(FILES);
    await symlink('..', join(folder, 'src/loop'));
    git('init', '--quiet', '--initial-branch=main');
    git('add', 'src/login.ts');
    git('commit', '--quiet', '--message=first');
    workbench = await startWorkbench({ folder, settings: { 'files.autoSave': 'off' } });
    await workbench.untilIndexed();
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  function git(...args: readonly string[]): void {
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    execFileSync('git', [...author, ...args], { cwd: folder });
  }

  /** Begins the line that is missing in a file; resolves when it is being completed. */
  async function beginLine(path: string): Promise<void> {
    const editor = await workbench!.openFile(path);
    await editor.moveTo(2, 1);
    await editor.type('  const session = ');
    await editor.ghostText();
  }

  it('follows no links in circles and leaves out what is no code', async () => {
    expect(await workbench!.status()).toBe('Touchstone: 8 files indexed.');
    expect(await (await workbench!.hoverStatus()).innerText()).toContain(
      'Left out: 1 binary, 1 link, 1 too large.',
    );
  });

  it('completes in a file with CRLF, and saves it with nothing else', async () => {
    await beginLine('src/windows.ts');
    await workbench!.editor.accept();
    await workbench!.editor.press('Enter');
    await workbench!.runCommand('File: Save');
    const path = join(folder, 'src/windows.ts');
    await expect.poll(() => readFile(path, 'utf8')).toMatch(/const session = await openSession[^\r\n]*\r\n/);
    expect((await readFile(path, 'utf8')).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('answers from a file with a strange name and opens it', async () => {
    const { chat, editor } = workbench!;
    await chat.open();
    await chat.ask('Where is measureLighthouse?');
    expect(await chat.citation(1)).toMatchObject({ path: STRANGE, startLine: 1 });
    await chat.openCitation(1);
    await expect.poll(async () => decodeURIComponent(await editor.path())).toBe(join(folder, STRANGE));
  });

  it('lets a huge and a binary file be, and still completes elsewhere', async () => {
    const huge = await workbench!.openFile('src/huge.ts');
    await huge.moveTo(2, 1);
    await huge.type('  const session = ');
    await expect.poll(() => huge.currentLine()).toContain('const session = ');
    expect(await huge.hasGhostText()).toBe(false);
    await workbench!.runCommand('File: Revert File');
    await beginLine('src/unix.ts');
    await workbench!.runCommand('File: Revert File');
    expect(await workbench!.notifications()).toEqual([]);
  });

  it('follows the switch to another branch, made while it is indexing', async () => {
    const { chat } = workbench!;
    git('checkout', '--quiet', '-b', 'other');
    await writeFile(join(folder, 'src/login.ts'), 'export function raiseDrawbridge(): void {}\n');
    git('commit', '--quiet', '--all', '--message=second');
    git('checkout', '--quiet', 'main');
    await workbench!.runCommand('Touchstone: Reindex Workspace');
    git('checkout', '--quiet', 'other');
    await expect
      .poll(async () => {
        await chat.ask('Where is raiseDrawbridge?');
        return chat.answerText();
      })
      .toContain('src/login.ts');
  });

  it('shares the folder with a second window', async () => {
    const second = await workbench!.openWindow();
    await second.untilIndexed();
    await writeFile(join(folder, 'src/bell.ts'), 'export function ringGreatBell(): void {}\n');
    for (const { chat } of [workbench!, second]) {
      await chat.open();
      await expect
        .poll(async () => {
          await chat.ask('Where is ringGreatBell?');
          return chat.answerText();
        })
        .toContain('src/bell.ts');
    }
    await second.page.close();
  });

  it('has written nothing into the folder', async () => {
    const entries = await readdir(folder);
    expect(entries.sort()).toEqual(['.git', 'größe & maße', 'src']);
  });
});
