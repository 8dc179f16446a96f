import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { createWorkspace } from '../support/workbench/workspaceFolder.ts';

const SOURCE = `export function add(alpha: number, beta: number): number {
  return alpha + beta;
}
`;

describe('the packaged extension in the workbench', () => {
  let folder: string;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    folder = await createWorkspace({ 'src/sums.ts': SOURCE });
    workbench = await startWorkbench({ folder, theme: 'light' });
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('shows a file, its text and the status of the extension', async () => {
    const editor = await workbench!.openFile('src/sums.ts');
    expect(await editor.text()).toBe(SOURCE);
    await workbench!
      .statusBarItem(/Touchstone/)
      .first()
      .waitFor();
    await workbench!.screenshot('workbench-light');
  });

  it('takes typed text at the cursor', async () => {
    const { editor } = workbench!;
    await editor.moveTo(2, 3);
    await editor.type('// first ');
    await expect.poll(() => editor.currentLine()).toBe('  // first return alpha + beta;');
  });
});
