import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfTypeorm } from '../support/corpus.ts';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

describe('control over indexing', () => {
  let folder: string;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    folder = await copyOfTypeorm();
    await writeFile(join(folder, '.gitignore'), 'ignored/\n*.log\n');
    await writeFile(join(folder, 'a.log'), 'x');
    await writeFile(join(folder, '.env'), 'API_KEY=nothing\n');
    workbench = await startWorkbench({ folder, theme: 'light', settings: { 'files.autoSave': 'off' } });
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const picture = (name: string) => workbench!.screenshot(`index-${name}`);
  const untilStatus = (text: RegExp) => expect.poll(() => workbench!.status()).toMatch(text);
  const rows = () => workbench!.page.locator('.quick-input-list .monaco-list-row');

  it('pauses, also across a reload, and goes on', async () => {
    await untilStatus(/Looking|Indexing|indexed/);
    await workbench!.runCommand('Touchstone: Pause Indexing');
    await untilStatus(/Indexing is paused/);
    await workbench!.hoverStatus();
    await picture('paused');
    await workbench!.reload();
    await untilStatus(/Indexing is paused/);
    await workbench!.runCommand('Touchstone: Resume Indexing');
    await workbench!.untilIndexed();
  });

  it('lists what is left out, and why, and finds a file in the list', async () => {
    await workbench!.untilIndexed();
    await workbench!.runCommand('Touchstone: Show Index Status');
    await rows().filter({ hasText: '.env' }).waitFor();
    const text = (await rows().allInnerTexts()).join('\n');
    expect(text).toMatch(/files indexed/);
    expect(text).toContain('a.log');
    expect(text).not.toContain('.git/');
    await picture('status-list-light');
    await workbench!.page.keyboard.press('Escape');
    await workbench!.chooseTheme('Dark Modern');
    await workbench!.runCommand('Touchstone: Show Index Status');
    await rows().filter({ hasText: '.env' }).waitFor();
    await picture('status-list-dark');
    await workbench!.page.keyboard.type('a.log');
    await expect.poll(() => rows().count()).toBe(1);
    await workbench!.page.keyboard.press('Enter');
    await expect.poll(() => workbench!.editor.path()).toBe(join(folder, 'a.log'));
  });

  it('can be cancelled, says what can be searched, and goes on from there', async () => {
    await workbench!.runCommand('Touchstone: Reindex Workspace');
    await workbench!.statusBarItem('Touchstone').click();
    const cancel = rows().filter({ hasText: 'Cancel Indexing' });
    const isBusy = await cancel.isVisible();
    await workbench!.page.keyboard.press('Escape');
    // A quick machine is done before it can be cancelled: then there is nothing to cancel, and the command is not offered.
    if (isBusy && !(await workbench!.status()).includes('files indexed')) {
      await workbench!.runCommand('Touchstone: Cancel Indexing');
      await workbench!.untilNotified(/Indexing was cancelled.*files can be searched/);
      await picture('cancelled');
      await workbench!.runCommand('Touchstone: Resume Indexing');
    }
    await workbench!.untilIndexed();
  });
});
