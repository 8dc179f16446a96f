import { execFileSync } from 'node:child_process';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
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
    git('init', '--quiet', '--initial-branch=main');
    git('add', '.');
    git('commit', '--quiet', '--message=first');
    workbench = await startWorkbench({ folder, theme: 'light', settings: { 'editor.wordWrap': 'off' } });
    await workbench.untilIndexed();
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  function git(...args: readonly string[]): void {
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    execFileSync('git', [...author, ...args], { cwd: folder });
  }

  async function explain(question: string): Promise<string> {
    await workbench!.runCommand('Touchstone: Explain Search');
    await workbench!.enter(question);
    await expect.poll(() => workbench!.editor.path()).toBe('/search.md');
    return workbench!.editor.text();
  }

  it('shows which way each place for a question was found', async () => {
    await workbench!.openFile('src/bell.ts');
    const text = await explain('how does a visitor get past docs/house.md?');
    expect(text).toContain('> how does a visitor get past docs/house.md?');
    const rows = text.split('\n').filter((line) => /^\| \d/.test(line));
    expect(rows[0]).toContain('docs/house.md');
    expect(rows.join('\n')).toContain('src/gate.ts');
    await workbench!.screenshot('explain-search');
  });

  it('shows which places are in files that differ from the last commit', async () => {
    await workbench!.runCommand('View: Close All Editors');
    await appendFile(join(folder, 'src/gate.ts'), '// Never on Sundays.\n');
    await workbench!.page.getByRole('tab', { name: /Source Control.* 1 pending change/ }).waitFor();
    const rows = (await explain('how does a visitor get in?'))
      .split('\n')
      .filter((line) => line.startsWith('|'));
    const changed = rows[0]!.split('|').findIndex((cell) => cell.trim() === 'changed');
    const marked = rows.filter((row) => /\d/.test(row.split('|')[changed] ?? ''));
    expect(marked).toHaveLength(1);
    expect(marked[0]).toContain('src/gate.ts');
    await workbench!.screenshot('explain-search-changed');
  });
});
