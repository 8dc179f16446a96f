import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneOfThisRepository } from '../support/corpus.ts';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { createWorkspace } from '../support/workbench/workspaceFolder.ts';

const COMPARE = 'Touchstone: Evaluate and Compare with a Baseline';
/** Dozens of cases of each suite, on a machine that may have other work. */
const PATIENTLY = { timeout: 600_000 };
const EVALUATE = 'Touchstone: Evaluate on This Workspace';

/** An element of the report, as far as it is opened here. */
interface Details {
  closest(selector: string): Details | null;
  setAttribute(name: string, value: string): void;
}

describe('an evaluation on the core of this repository', () => {
  let folder: string;
  let workbench: Workbench | undefined;
  const report = () => workbench!.evaluationPage;

  beforeAll(async () => {
    folder = await cloneOfThisRepository('src/core');
    workbench = await startWorkbench({ folder, size: { width: 1280, height: 1000 } });
    await workbench.untilIndexed();
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('can be cancelled, which leaves nothing behind', async () => {
    await workbench!.runCommand(EVALUATE);
    const progress = await workbench!.untilNotified(/evaluating on/);
    await expect.poll(() => progress.innerText()).toMatch(/\d+ of \d+/);
    await workbench!.screenshot('evaluate-progress');
    expect(await workbench!.offeredCommands()).not.toContain(EVALUATE);
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => workbench!.notifications()).toEqual([]);
    await expect.poll(() => workbench!.offeredCommands()).toContain(EVALUATE);
    expect(await workbench!.offeredCommands()).not.toContain('Touchstone: Open Last Evaluation');
    await expect.poll(() => workbench!.page.locator('.tab').count()).toBe(0);
  });

  it('ends with a report', async () => {
    await expect.poll(() => workbench!.offeredCommands(), PATIENTLY).toContain(EVALUATE);
    await workbench!.runCommand(EVALUATE);
    await expect
      .poll(() => report().locator('.card').allInnerTexts(), PATIENTLY)
      .toEqual([
        expect.stringMatching(/Search[^]*\d+ %[^]*of 40 questions/),
        expect.stringMatching(/Completion[^]*\d+ %[^]*of 40 places/),
        expect.stringMatching(/Chat[^]*\d+ %[^]*40 questions/),
      ]);
    await expect.poll(() => workbench!.notifications()).toEqual([]);
    await workbench!.screenshot('evaluate-dark');
  });

  it('names places, and a click opens them', async () => {
    const { editor } = workbench!;
    const question = report().locator('details.case').first();
    await question.locator('summary').first().click();
    const link = question.locator('a').first();
    const [, path = '', line = ''] = /^(.+?):(\d+)/.exec(await link.innerText()) ?? [];
    await link.click();
    await expect.poll(() => editor.path()).toBe(join(folder, path));
    await expect.poll(async () => (await editor.cursor()).line).toBe(Number(line));

    await workbench!.runCommand('Touchstone: Open Last Evaluation');
    await question.locator('a').first().waitFor();
  });

  it('keeps its scores as a baseline and compares later ones with it', async () => {
    await expect.poll(() => workbench!.offeredCommands(), PATIENTLY).toContain(COMPARE);
    await workbench!.runCommand(COMPARE);
    await workbench!.page.getByText('Evaluate and Keep the Scores as Baseline').waitFor();
    await workbench!.screenshot('evaluate-baseline-choice');
    await workbench!.enter('Keep the Scores');
    await expect
      .poll(() => workbench!.notifications(), PATIENTLY)
      .toEqual([
        expect.stringMatching(/The scores are kept as baseline in .*[\\/]evaluations[\\/]baseline\.json/),
      ]);
    await workbench!.runCommand('Notifications: Clear All Notifications');

    await workbench!.runCommand(COMPARE);
    await workbench!.enter('Compare with the Baseline of This Folder');
    const comparison = report().locator('h2', { hasText: 'Against the baseline' });
    await comparison.waitFor(PATIENTLY);
    expect(await report().locator('body').innerText()).toContain('no case changed');
    await workbench!.chooseTheme('Light Modern');
    await expect.poll(() => report().locator('body').getAttribute('class')).toContain('vscode-light');
    await workbench!.screenshot('evaluate-comparison-light');
    await workbench!.chooseTheme('Dark Modern');
    await expect.poll(() => report().locator('body').getAttribute('class')).toContain('vscode-dark');
    await workbench!.screenshot('evaluate-comparison-dark');
  });

  it('is there after the window was loaded anew', async () => {
    const heading = await report().locator('h1').innerText();
    await workbench!.reload();
    await workbench!.untilIndexed();
    await workbench!.runCommand('Touchstone: Open Last Evaluation');
    await expect.poll(() => report().locator('h1').innerText()).toBe(heading);
    await report().locator('h2', { hasText: 'Against the baseline' }).waitFor();
    await workbench!.screenshot('evaluate-after-reload');
  });

  it.each([
    ['Light Modern', 'vscode-light'],
    ['Dark Modern', 'vscode-dark'],
    ['Dark High Contrast', 'vscode-high-contrast'],
    ['Light High Contrast', 'vscode-high-contrast-light'],
  ])('looks like the theme %s', async (theme, bodyClass) => {
    await workbench!.chooseTheme(theme);
    await expect.poll(() => report().locator('body').getAttribute('class')).toContain(bodyClass);
    const line = report().locator('details.case[id^="completion-"]').first();
    await line.evaluate((element) => {
      const details = element as unknown as Details;
      for (const each of [details.closest('details.fold'), details]) each?.setAttribute('open', '');
    });
    for (const [name, part] of [
      ['head', report().locator('h1')],
      ['question', report().getByRole('heading', { name: 'Questions', exact: true })],
      ['line', report().locator('h3', { hasText: 'Lines' })],
    ] as const) {
      await part.evaluate((element) => {
        (element as unknown as { scrollIntoView(): void }).scrollIntoView();
      });
      await workbench!.screenshot(`evaluate-${bodyClass}-${name}`);
    }
  });

  it('can be saved as a page and as data', async () => {
    for (const [name, start] of [
      ['report.html', '<!doctype html>'],
      ['report.json', '{"format":1,'],
    ] as const) {
      const file = join(folder, name);
      await report().locator('h1').click();
      await workbench!.page.getByRole('button', { name: 'Save Evaluation' }).click();
      await workbench!.enterPath(file);
      const saved = () => readFile(file, 'utf8').catch(() => '');
      await expect.poll(async () => (await saved()).slice(0, start.length)).toBe(start);
      expect(await saved()).not.toContain('href="command:');
    }
  });
});

describe('an evaluation of a folder without code', () => {
  let folder: string;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    folder = await createWorkspace({ 'notes.txt': 'Nothing to see here.\n' });
    workbench = await startWorkbench({ folder });
    await workbench.untilIndexed();
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('says that there is nothing to measure, why, and what would help', async () => {
    await workbench!.runCommand(EVALUATE);
    const message = await workbench!.untilNotified(/found nothing to measure itself by/);
    await message.getByRole('button', { name: 'Open Folder …' }).waitFor();
    expect(await message.innerText()).toMatch(/doc comments[^]*larger folder would help/);
    await workbench!.screenshot('evaluate-nothing');
    expect(await workbench!.page.locator('.tab').count()).toBe(0);
  });
});
