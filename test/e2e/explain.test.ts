import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { createWorkspace } from '../support/workbench/workspaceFolder.ts';

const files = {
  'src/gate.ts':
    '/** Opens the gate for a visitor. */\nexport function openGate(visitor: string) {\n  return visitor;\n}\n',
  'src/bell.ts':
    "import { openGate } from './gate.ts';\n\nexport function ringBell(visitor: string) {\n  return openGate(visitor);\n}\n",
  'docs/house.md': '# The house\n\nA visitor rings the bell and comes in by the gate.\n',
};

describe('Explain Search', () => {
  let folder: string;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    folder = await createWorkspace(files);
    workbench = await startWorkbench({ folder, theme: 'light', settings: { 'editor.wordWrap': 'off' } });
    await workbench.untilIndexed();
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('shows which way each place for a question was found', async () => {
    const { editor } = await workbench!.openFile('src/bell.ts').then(() => workbench!);
    await workbench!.runCommand('Touchstone: Explain Search');
    await workbench!.enter('how does a visitor get past docs/house.md?');
    await expect.poll(() => editor.path()).toBe('/search.md');
    const text = await editor.text();
    expect(text).toContain('> how does a visitor get past docs/house.md?');
    const rows = text.split('\n').filter((line) => /^\| \d/.test(line));
    expect(rows[0]).toContain('docs/house.md');
    expect(rows.join('\n')).toContain('src/gate.ts');
    await workbench!.screenshot('explain-search');
  });
});
