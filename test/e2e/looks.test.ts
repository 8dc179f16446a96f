import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneOfThisRepository } from '../support/corpus.ts';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

const NARROW = 220;
const WIDE = 620;

/** Takes pictures to be looked at, and checks what a program can see in them. */
describe.each(['light', 'dark', 'highContrast'] as const)('in the theme %s', (theme) => {
  let folder: string;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    folder = await cloneOfThisRepository();
    // The list of suggestions comes when it likes, and covers what is to be seen.
    const settings = { 'files.autoSave': 'off', 'editor.quickSuggestions': { other: 'off' } };
    workbench = await startWorkbench({ folder, theme, settings });
    await workbench.untilIndexed();
    await workbench.chat.open();
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const picture = (name: string) => workbench!.screenshot(`looks-${theme}-${name}`);

  it.each([
    ['narrow', NARROW],
    ['wide', WIDE],
  ])('the empty chat fits a %s side bar', async (name, width) => {
    await workbench!.resizeSecondarySideBar(width);
    await picture(`empty-${name}`);
    expect(await workbench!.chat.overflowing()).toEqual([]);
  });

  it('an answer fits both', async () => {
    const { chat } = workbench!;
    await chat.ask('How is a crashed worker restarted?');
    for (const [name, width] of [
      ['wide', WIDE],
      ['narrow', NARROW],
    ] as const) {
      await workbench!.resizeSecondarySideBar(width);
      await chat.scrollToStart();
      await picture(`answer-${name}`);
      expect(await chat.overflowing()).toEqual([]);
    }
    await workbench!.resizeSecondarySideBar(360);
    await chat.openCitation(1);
    await expect.poll(() => workbench!.editor.markedLines()).toBeGreaterThan(0);
    await picture('citation');
  });

  it('the status, its menu and the question before clearing are in place', async () => {
    const hover = await workbench!.hoverStatus();
    await picture('status');
    expect(await hover.innerText()).toMatch(/files indexed[^]*no key, no network/);
    await workbench!.statusBarItem('Touchstone').click();
    await workbench!.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Show Feedback' })
      .waitFor();
    await picture('menu');
    await workbench!.page.keyboard.press('Escape');
    await workbench!.runCommand('Touchstone: Clear Index');
    await workbench!.page.locator('.monaco-dialog-box').waitFor();
    await picture('clear');
    await workbench!.answerDialog('Cancel');
  });

  it('ghost text and the feedback page can be read', async () => {
    const file = 'src/host/editor/contextKeys.ts';
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
    const head = lines.findIndex((line) => line.includes('export function syncContextKeys'));
    const editor = await workbench!.openFile(file);
    await editor.moveTo(head + 1, lines[head]!.length + 1);
    await editor.press('Enter');
    await editor.type('const store = new ');
    await editor.ghostText();
    await picture('ghost');
    await editor.dismiss();
    await workbench!.runCommand('File: Revert File');
    await workbench!.runCommand('Touchstone: Show Feedback');
    await expect
      .poll(() => workbench!.feedbackPage.locator('body').innerText())
      .toContain('Where this is kept');
    await picture('feedback');
  });
});
