import assert from 'node:assert/strict';
import { extensions, Uri, workspace } from 'vscode';
import { PATIENCE_MS } from '../../support/patience.ts';
import type { ExtensionExports } from '../../../src/extension.ts';
import type { FeedbackSummary } from '../../../src/core/signals/summary.ts';

export type Testing = NonNullable<ExtensionExports['testing']>;

/** The activated extension's inside. */
export async function activated(): Promise<Testing> {
  const extension = extensions.getExtension<ExtensionExports>('touchstone.touchstone');
  assert.ok(extension, 'the extension is not installed');
  const { testing } = await extension.activate();
  assert.ok(testing, 'the extension runs in production mode');
  return testing;
}

/** The same once every file is indexed and the query worker can find them. */
export async function indexed(): Promise<Testing> {
  const testing = await activated();
  await eventually('the index is ready', () => testing.board.overview.state === 'ready');
  await eventually('files can be found', async () => (await testing.engine.search('vatRate', 1)).length > 0);
  return testing;
}

const POLL_MS = 20;

/** Waits until `probe` gives something other than `false` and `undefined`, and returns it. */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const result = await probe();
    if (result !== undefined && result !== false) return result;
    assert.ok(waitedMs < PATIENCE_MS, `waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** A file of the workspace, which is a copy of test/host/fixtures/workspace. */
export function workspaceFile(path: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return Uri.joinPath(folder.uri, path);
}

/** Paths that a search finds, best first. */
export async function found({ engine }: Testing, query: string): Promise<readonly string[]> {
  return (await engine.search(query, 10)).map(({ path }) => path);
}

/** What the ledger says, everything observed so far included. */
export async function feedback({ engine, flushSignals }: Testing): Promise<FeedbackSummary> {
  await flushSignals();
  return engine.feedback();
}
