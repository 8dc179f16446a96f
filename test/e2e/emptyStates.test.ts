import { writeFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMakeReadOnly, makeReadOnly } from '../support/makeReadOnly.ts';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { modelWorkbench } from '../support/workbench/modelWorkbench.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { createWorkspace } from '../support/workbench/workspaceFolder.ts';

const BELL =
  '/** Rings the great bell once an hour. */\nexport function ringGreatBell(hour: number): void {\n  tower.strike(hour);\n}\n';

/** Lines that come again, and one that is missing. */
const HOURS = [
  'export function strikeNoon(town: Town): void {',
  '',
  '  tower.strike(12);',
  '}',
  ...[1, 2, 3].flatMap((hour) => [
    `export function strike${hour}(town: Town): void {`,
    '  const tower = openTower(town.bells);',
    `  tower.strike(${hour});`,
    '}',
  ]),
  '',
].join('\n');

describe('the packaged extension in an untrusted workspace', () => {
  const opened = modelWorkbench({
    model: 'compatible:test-model',
    files: { 'bell.ts': BELL, 'hours.ts': HOURS },
    trusted: false,
    theme: 'light',
  });

  it('answers from the code, and says that no model is asked and what to do', async () => {
    const { chat } = opened.workbench;
    await chat.ask('Where is ringGreatBell?');
    expect(await chat.citation(1)).toMatchObject({ path: 'bell.ts' });
    expect(await chat.answer.locator('.note').innerText()).toMatch(/Restricted Mode/);
    expect(opened.provider.questions).toEqual([]);
    await opened.workbench.screenshot('untrusted-chat');
  });

  it('says so in the status bar', async () => {
    expect(await (await opened.workbench.hoverStatus()).innerText()).toMatch(/Restricted Mode/);
    await opened.workbench.screenshot('untrusted-status');
  });

  it('completes lines', async () => {
    const editor = await opened.workbench.openFile('hours.ts');
    await editor.moveTo(2, 1);
    await editor.type('  const tower = ');
    expect(await editor.ghostText()).toMatch(/^openTower\(/);
    await opened.workbench.screenshot('untrusted-completion');
  });
});

describe.skipIf(!canMakeReadOnly())('the packaged extension in a folder that cannot be written', () => {
  let folder: string;
  let makeWritable: (() => void) | undefined;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    folder = await createWorkspace({ 'bell.ts': BELL });
    makeWritable = makeReadOnly(folder);
    workbench = await startWorkbench({ folder });
    await workbench.untilIndexed();
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    makeWritable?.();
    await rm(folder, { recursive: true, force: true });
  });

  it('works as in any other: its index lives elsewhere', async () => {
    expect(() => writeFileSync(join(folder, 'new.ts'), '')).toThrow(/EROFS|EACCES/);
    expect(await workbench!.status()).toBe('Touchstone: 1 file indexed.');
    const { chat } = workbench!;
    await chat.open();
    await chat.ask('Where is ringGreatBell?');
    expect(await chat.citation(1)).toMatchObject({ path: 'bell.ts' });
    expect(await workbench!.notifications()).toEqual([]);
    await workbench!.screenshot('read-only-folder');
  });
});

describe('the packaged extension where no index can be stored', () => {
  let folder: string;
  let storeRoot: string;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    folder = await createWorkspace({ 'bell.ts': BELL });
    storeRoot = `${folder}.store`;
    await writeFile(storeRoot, 'a file where a folder should be');
    workbench = await startWorkbench({
      folder,
      theme: 'light',
      env: { TOUCHSTONE_STORE_ROOT: storeRoot },
    });
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await Promise.all([folder, storeRoot].map((path) => rm(path, { recursive: true, force: true })));
  });

  it('says where and what to do, in the status bar', async () => {
    await expect.poll(() => workbench!.status()).toMatch(/^Touchstone: Indexing failed: /);
    const hover = await (await workbench!.hoverStatus()).innerText();
    expect(hover).toContain(`${storeRoot}/`);
    expect(hover).toMatch(/Check that its folder exists.*Run “Touchstone: Reindex Workspace” to try again/s);
    await workbench!.screenshot('unusable-store-status');
  });

  it('says so in the chat, to its end', async () => {
    const { chat } = workbench!;
    await chat.open();
    await expect.poll(() => chat.frame.locator('.status-text').innerText()).toContain('Reindex Workspace');
    await workbench!.screenshot('unusable-store-chat');
    await chat.ask('Where is ringGreatBell?');
    expect(await chat.answer.locator('.note').innerText()).toContain('Check that its folder exists');
    expect(await chat.overflowing()).toEqual([]);
    await workbench!.screenshot('unusable-store-asked');
  });

  it('works as soon as it is reindexed after that was done', async () => {
    await rm(storeRoot);
    await workbench!.runCommand('Touchstone: Reindex Workspace');
    await expect.poll(() => workbench!.status()).toBe('Touchstone: 1 file indexed.');
    const { chat } = workbench!;
    await chat.ask('Where is ringGreatBell?');
    expect(await chat.citation(1)).toMatchObject({ path: 'bell.ts' });
  });
});
