import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { createWorkspace } from '../support/workbench/workspaceFolder.ts';

const LINK = '[Fix](command:workbench.action.tasks.runTask?%22t%22)';

/** A workspace whose author wants a click to run its task. */
const FILES = {
  'bell.ts': '/** Rings the great bell. */\nexport function ringGreatBell(): void {}\n',
  'x.eval.yaml': `chat:\n  - question: Where is the bell rung?\n    gold: ["${LINK}"]\n`,
  '.vscode/tasks.json': JSON.stringify({
    version: '2.0.0',
    tasks: [{ label: 't', type: 'shell', command: 'touch ran' }],
  }),
};

describe.each([
  ['trusted', true],
  ['in Restricted Mode', false],
])('an evaluation of a hostile workspace, %s', (_, trusted) => {
  let folder: string;
  let config: string;
  let workbench: Workbench | undefined;
  /** What git itself says of its runs, one JSON object an event. */
  const calls = () => readFile(join(config, 'calls'), 'utf8').catch(() => '');

  beforeAll(async () => {
    folder = await createWorkspace(FILES);
    execFileSync('git', ['init', '--quiet', folder]);
    config = await mkdtemp(join(tmpdir(), 'touchstone-config-'));
    await mkdir(join(config, 'git'));
    await writeFile(join(config, 'git/config'), `[trace2]\neventTarget = ${join(config, 'calls')}\n`);
    // The editor's own extension for git would call it as well.
    const settings = { 'git.enabled': false };
    workbench = await startWorkbench({ folder, trusted, settings, env: { XDG_CONFIG_HOME: config } });
    await workbench.untilIndexed();
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
    await rm(config, { recursive: true, force: true });
  });

  it('attack: tells what is wrong in a case file, as text that leads nowhere', async () => {
    await workbench!.runCommand('Touchstone: Evaluate on This Workspace');
    const message = await workbench!.untilNotified('command:workbench.action.tasks.runTask');
    expect(await message.locator('.notification-list-item-message').innerText()).toContain('[Fix] (command:');
    expect(await message.locator('a[href], .notification-list-item-message a').count()).toBe(0);
    await workbench!.screenshot(`hostile-evaluation-${trusted ? 'trusted' : 'restricted'}`);
    await message.getByText('Fix', { exact: false }).first().click();
    expect(await workbench!.page.getByText('Manage Workspace Trust').count()).toBe(0);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it('attack: asks git for changes only when the folder is trusted', async () => {
    const log = /--diff-filter=AM/;
    if (trusted) expect(await calls()).toMatch(log);
    else expect(await calls()).not.toMatch(log);
  });
});
