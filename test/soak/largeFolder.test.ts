import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyOfTypeorm } from '../support/corpus.ts';
import { HostProfiler } from '../support/workbench/hostProfiler.ts';
import { ownTasks } from '../support/workbench/ownTasks.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

const LINE = 'export function loadEverything(connection: DataSource) {';

let folder: string;
let workbench: Workbench | undefined;

/** Key strokes since the last call that took longer than a frame to show, in ms, longest first. */
const slowKeys = () =>
  workbench!.page.evaluate<number[]>(
    `(globalThis.slowKeys ??= (() => {
      const times = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (entry.name === 'keydown') times.push(entry.duration);
      }).observe({ type: 'event', durationThreshold: 24 });
      return times;
    })()).splice(0).sort((a, b) => b - a)`,
  );

async function typeLine() {
  const { editor } = workbench!;
  await slowKeys();
  await editor.press('Enter');
  await editor.type(LINE);
  await expect.poll(() => editor.currentLine()).toContain('loadEverything');
  const isIndexed = /files indexed/.test(await workbench!.status());
  return { keys: LINE.length, slow: await slowKeys(), isIndexed };
}

beforeAll(async () => {
  folder = await copyOfTypeorm();
  for (const copy of ['second', 'third']) await rename(await copyOfTypeorm(), join(folder, copy));
  const settings = { 'files.autoSave': 'off', 'editor.quickSuggestions': { other: 'off' } };
  workbench = await startWorkbench({ folder, settings });
});

afterAll(async () => {
  await workbench?.close();
  await rm(folder, { recursive: true, force: true });
});

test('more than 5,000 files are indexed while somebody types', async () => {
  await workbench!.untilIndexed();
  const files = Number(/[\d,]+(?= files indexed)/.exec(await workbench!.status())?.[0].replaceAll(',', ''));
  expect(files).toBeGreaterThan(5000);
  await workbench!.openFile('package.json');
  const before = await typeLine();

  const profiler = await HostProfiler.start();
  await workbench!.runCommand('Touchstone: Reindex Workspace');
  await expect.poll(() => workbench!.status()).not.toMatch(/files indexed/);
  await workbench!.editor.focus();
  const during = [await typeLine(), await typeLine()];
  await workbench!.screenshot('large-folder-indexing');
  expect(during[0]?.isIndexed).toBe(false);
  await workbench!.untilIndexed();
  const tasks = ownTasks(await profiler.stop(), (url) => /touchstone.*extension\.js$/.test(url));

  // Only what a sample happened to fall into is seen.
  expect(tasks.length).toBeGreaterThan(0);
  const report = { files, before, during, tasks: tasks.length, longest: tasks.slice(0, 5) };
  process.stdout.write(`${JSON.stringify(report)}\n`);
});
