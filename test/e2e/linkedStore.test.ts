import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workspaceId } from '../../src/protocol/storeLocation.ts';
import { runTouchstone } from '../support/runTouchstone.ts';
import { snapshotOf } from '../support/snapshotOf.ts';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

const sha256hex = (text: string) => createHash('sha256').update(text).digest('hex');

/** A checkout that brings an index along in which a folder is a link to somebody's files. */
describe.skipIf(process.platform === 'win32')(
  'a store with a link in it, in the folder that is opened',
  () => {
    let base: string;
    let checkout: string;
    let store: string;
    let victim: string;
    let before: ReturnType<typeof snapshotOf>;
    let workbench: Workbench | undefined;

    beforeAll(async () => {
      base = await realpath(await mkdtemp(join(tmpdir(), 'touchstone-linked-')));
      checkout = join(base, 'checkout');
      victim = join(base, 'victim');
      for (const folder of [checkout, victim]) await mkdir(folder);
      await writeFile(join(checkout, 'gate.ts'), 'export function openGate(): void {}\n');
      for (const name of ['letter.txt', 'photo.seg', '0.bin']) await writeFile(join(victim, name), 'mine');
      // Where a window looks for its store when the user keeps stores beside the code.
      store = join(checkout, '.touchstone', workspaceId(checkout, sha256hex));
      expect((await runTouchstone(['index', checkout, '--store', store])).code).toBe(0);
      await rm(join(store, 'segments'), { recursive: true });
      await symlink(victim, join(store, 'segments'));
      before = snapshotOf(victim);
      workbench = await startWorkbench({
        folder: checkout,
        env: { TOUCHSTONE_STORE_ROOT: join(checkout, '.touchstone') },
      });
    });
    keepEvidence(() => workbench);
    afterAll(async () => {
      await workbench?.close();
      await rm(base, { recursive: true, force: true });
    });

    it('attack: is not used to delete files elsewhere when the folder is indexed, and the window says why', async () => {
      await expect.poll(() => workbench!.status()).toMatch(/^Touchstone: Indexing failed: /);
      const hover = await (await workbench!.hoverStatus()).innerText();
      expect(hover).toContain(`${join(store, 'segments')} is a link`);
      await workbench!.screenshot('linked-store-status');
      expect(snapshotOf(victim)).toEqual(before);
    });

    it('attack: is not used to delete files elsewhere by making the index anew', async () => {
      await workbench!.runCommand('Touchstone: Reindex Workspace');
      await workbench!.untilNotified(`${join(store, 'segments')} is a link`);
      expect(snapshotOf(victim)).toEqual(before);
    });

    it('attack: is not used to delete files elsewhere by clearing the index', async () => {
      await workbench!.runCommand('Touchstone: Clear Index');
      await workbench!.answerDialog('Clear Index');
      const { chat } = workbench!;
      await chat.open();
      await chat.ask('Where is openGate?');
      expect(await chat.answer.innerText()).not.toContain('mine');
      expect(snapshotOf(victim)).toEqual(before);
    });

    it('is made anew once the link is gone', async () => {
      await rm(join(store, 'segments'));
      await workbench!.runCommand('Touchstone: Reindex Workspace');
      await expect.poll(() => workbench!.status()).toBe('Touchstone: 1 file indexed.');
      expect(snapshotOf(victim)).toEqual(before);
    });
  },
);
