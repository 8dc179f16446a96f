import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { createWorkspace } from '../support/workbench/workspaceFolder.ts';

describe('the packaged extension in a window without a folder', () => {
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    workbench = await startWorkbench({});
  });
  keepEvidence(() => workbench);
  afterAll(() => workbench?.close());

  it('says so, and what to do', async () => {
    expect(await workbench!.status()).toBe('Touchstone: No folder is open.');
    const { chat } = workbench!;
    await chat.open();
    await expect.poll(() => chat.frame.locator('.blocked').innerText()).toContain('Open a folder');
    await workbench!.screenshot('no-folder');
    await workbench!.hoverStatus();
    await workbench!.screenshot('no-folder-status');
  });

  it('offers only commands that do something', async () => {
    const titles = await workbench!.offeredCommands();
    expect(titles).toEqual(expect.arrayContaining(['Touchstone: Open Chat', 'Touchstone: Show Log']));
    for (const title of ['Reindex Workspace', 'Clear Index', 'Show Feedback']) {
      expect(titles).not.toContain(`Touchstone: ${title}`);
    }
  });

  it('leaves a document without a file alone', async () => {
    await workbench!.runCommand('File: New Untitled Text File');
    const { editor } = workbench!;
    await editor.focus();
    await editor.type('const a = 1;\nconst ');
    await expect.poll(() => editor.text()).toContain('const a = 1;');
    expect(await workbench!.notifications()).toEqual([]);
  });
});

describe('the packaged extension in an empty folder', () => {
  let folder: string;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    folder = await createWorkspace({});
    workbench = await startWorkbench({ folder });
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('says so, and takes up work with the first file', async () => {
    await expect.poll(() => workbench!.status()).toBe('Touchstone: No files to index yet.');
    const { chat } = workbench!;
    await chat.open();
    await expect.poll(() => chat.frame.locator('.blocked').innerText()).toContain('no code in this folder');
    await workbench!.screenshot('empty-folder');

    await writeFile(join(folder, 'bell.ts'), 'export function ringGreatBell(): void {}\n');
    await expect.poll(() => workbench!.status()).toBe('Touchstone: 1 file indexed.');
    await chat.ask('Where is ringGreatBell?');
    expect(await chat.citation(1)).toMatchObject({ path: 'bell.ts' });
  });
});
