import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../bin/dev/lib/places.mjs';
import { cloneOfThisRepository } from '../support/corpus.ts';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

const IMAGE = join(ROOT, 'docs/images/workbench.png');
const MAX_BYTES = 400_000;

const FILE = 'src/engine/query/queryEngine.ts';
/** A line of it, of which the second half is missing in the picture. */
const START = '  closeDocument(...args:';
const REST = " Parameters<QueryService['closeDocument']>): void {";

/** Leaves the code and the chat: no minimap, no problems of a folder whose dependencies are not installed. */
const SETTINGS = {
  'files.autoSave': 'off',
  'editor.minimap.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.lightbulb.enabled': 'off',
  'editor.autoClosingBrackets': 'never',
  'editor.parameterHints.enabled': false,
  'editor.stickyScroll.enabled': false,
  'typescript.validate.enable': false,
  'git.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
};

/** Takes the picture of the README, where it is kept only with `UPDATE_IMAGES=1`. */
describe("the README's picture", () => {
  let folder: string;
  let line: number;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    folder = await cloneOfThisRepository();
    line = await removeLine(join(folder, FILE));
    workbench = await startWorkbench({ folder, size: { width: 1440, height: 900 }, settings: SETTINGS });
    await workbench.untilIndexed();
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('shows a line being completed and a question answered', async () => {
    const { chat, editor } = workbench!;
    await workbench!.openFile(FILE);
    await workbench!.runCommand('View: Toggle Primary Side Bar Visibility');
    for (const name of ['Keyboard Layout', 'Problems', 'Forwarded Ports']) {
      await workbench!.hideStatusBarEntry(name);
    }
    await chat.open();
    await workbench!.resizeSecondarySideBar(520);
    await chat.ask('How is a crashed worker restarted?');
    expect(await chat.citations.count()).toBeGreaterThanOrEqual(2);
    await chat.scrollToStart();

    await editor.focus();
    await editor.moveTo(line, 1);
    await editor.type(START);
    const ghost = await editor.ghostText();
    expect(ghost.trim()).not.toBe('');
    expect(REST).toContain(ghost);
    expect(await workbench!.notifications()).toEqual([]);
    const picture = await workbench!.screenshot('workbench');
    expect((await stat(picture)).size).toBeLessThan(MAX_BYTES);
    if (process.env['UPDATE_IMAGES'] === '1') {
      await mkdir(dirname(IMAGE), { recursive: true });
      await copyFile(picture, IMAGE);
    }
  });
});

/**
 * Leaves nothing of the line but the line break.
 *
 * @returns its number, from 1
 */
async function removeLine(path: string): Promise<number> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  const index = lines.indexOf(START + REST);
  await writeFile(path, lines.with(index, '').join('\n'));
  return index + 1;
}
