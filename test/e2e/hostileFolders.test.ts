import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileFolders, makeHostileFolder } from '../support/hostileFolders.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

/** Those that the window was slowest in while they were indexed: rules, files and text each once. */
const SAMPLE = [
  '2,000 rule files',
  '20,000 empty files',
  'one word, one string and one comment without an end',
] as const;

/** What takes long enough to be cancelled. */
const MUCH_WORK = '100,000 names of their own, and one name 100,000 times';

/** How often each is asked: more says no more. */
const ANSWERS = 6;

/** How long a window took to answer a command, in milliseconds, as somebody in front of it sees it. */
interface Answers {
  readonly name: string;
  /** While the folder was indexed, one after the other; none where that was over before. */
  readonly during: readonly number[];
  /** Once it was. */
  readonly after: number;
}

describe.skipIf(process.platform === 'win32')(
  'the window, while it opens what somebody made to stop it',
  () => {
    let base: string;
    let folder: string;
    let workbench: Workbench | undefined;
    const measured: Answers[] = [];

    beforeAll(async () => {
      base = await mkdtemp(join(await realpath(tmpdir()), 'touchstone-hostile-'));
      folder = join(base, 'folder');
      for (const each of [folder, join(base, 'victim')]) await mkdir(each);
      await writeFile(join(base, 'victim/letter.txt'), 'a letter');
      await writeFile(join(folder, 'bell.ts'), 'export function ringGreatBell(): void {}\n');
      workbench = await startWorkbench({ folder });
      await workbench.untilIndexed();
    });
    keepEvidence(() => workbench);
    afterAll(async () => {
      await workbench?.close();
      await rm(base, { recursive: true, force: true });
    });

    /** By the clock of the page. For figures alone: nothing is expected of it. */
    const now = () => workbench!.page.evaluate<number>('performance.now()');
    const rows = () => workbench!.page.locator('.quick-input-list .monaco-list-row');
    const isIndexed = async () => /files? indexed/.test(await workbench!.status());

    /** Has the extension's host answer, by its list of what is indexed. */
    async function answer(): Promise<number> {
      const began = await now();
      await workbench!.statusBarItem('Touchstone').click();
      await rows().first().waitFor();
      const took = (await now()) - began;
      await workbench!.page.keyboard.press('Escape');
      await rows().first().waitFor({ state: 'hidden' });
      return Math.round(took);
    }

    async function put(name: string, place = `hostile-${String(measured.length)}`): Promise<void> {
      const hostile = hostileFolders.find((each) => each.name === name);
      if (!hostile) throw new RangeError(`There is no hostile folder '${name}'.`);
      const root = join(folder, place);
      await mkdir(root, { recursive: true });
      makeHostileFolder(hostile, { root, victim: join(base, 'victim') });
    }

    it.each(SAMPLE)('attack: %s leaves the window answering', async (name) => {
      const before = await workbench!.status();
      await put(name);
      const during: number[] = [];
      // There is one file at least in each, so that the number of those that are indexed rises.
      const isOver = async () => (await isIndexed()) && (await workbench!.status()) !== before;
      while (during.length < ANSWERS && !(await isOver())) during.push(await answer());
      await expect.poll(isOver, { timeout: PATIENCE_MS }).toBe(true);
      measured.push({ name, during, after: await answer() });
    });

    it('attack: what goes on can be cancelled, and the window answers', async () => {
      const files = async () => Number(/[\d,]+/.exec(await workbench!.status())?.[0].replaceAll(',', ''));
      const before = await files();
      for (const name of ['one', 'two', 'three']) await put(MUCH_WORK, `more/${name}`);
      const isDone = async () => (await files()) > before;
      let isCancelled = false;
      while (!isCancelled && !(await isDone())) {
        await workbench!.statusBarItem('Touchstone').click();
        await rows().first().waitFor();
        const cancel = rows().filter({ hasText: 'Cancel Indexing' });
        // A quick machine is done before it can be cancelled: then there is nothing to cancel.
        isCancelled = await cancel.isVisible();
        await (isCancelled ? cancel.click() : workbench!.page.keyboard.press('Escape'));
      }
      if (isCancelled) {
        const began = await now();
        const isSaid = async () => (await workbench!.notifications()).join().includes('was cancelled');
        await expect.poll(async () => (await isSaid()) || isDone(), { timeout: PATIENCE_MS }).toBe(true);
        const during = [Math.round((await now()) - began)];
        measured.push({ name: 'a cancellation', during, after: await answer() });
      }
      await workbench!.chat.open();
      await workbench!.chat.ask('Where is ringGreatBell?');
      await expect.poll(() => workbench!.chat.answerText()).toContain('bell.ts');
    });

    it('what it took is printed', () => {
      const lines = measured.map(({ name, during, after }) => {
        const longest = Math.round(Math.max(0, ...during));
        return `${name}: ${String(during.length)} while it was indexed, ${String(longest)} ms at most; ${String(after)} ms then`;
      });
      process.stdout.write(`${lines.join('\n')}\n`);
      expect(measured.length).toBeGreaterThanOrEqual(SAMPLE.length);
    });
  },
);
