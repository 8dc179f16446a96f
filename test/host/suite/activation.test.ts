import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import { commands, extensions, window } from 'vscode';
import * as ids from '../../../src/host/editor/contributions.ts';
import { activated } from './touchstone.ts';

const DIST = join(extensions.getExtension('touchstone.touchstone')?.extensionPath ?? '', 'dist');

describe('activation', () => {
  it('loads one file, and leaves SDKs and parsers to those who need them', async () => {
    await activated();
    const loaded = Object.keys(require.cache).filter((path) => dirname(path) === DIST);
    assert.deepEqual(loaded, [join(DIST, 'extension.js')]);
  });

  it('registers every command', async () => {
    await activated();
    const registered = new Set(await commands.getCommands(false));
    const expected = [...Object.values(ids.commands), ...Object.values(ids.internalCommands)];
    assert.deepEqual(
      expected.filter((id) => !registered.has(id)),
      [],
    );
  });

  it('contributes the chat view', async () => {
    await activated();
    await commands.executeCommand(ids.commands.openChat);
    assert.ok((await commands.getCommands(false)).includes(`${ids.views.chat}.focus`));
  });

  it('keeps the editor usable: no editor is opened and no text is changed', async () => {
    await activated();
    assert.deepEqual(
      window.visibleTextEditors.map(({ document }) => document.uri.toString()),
      [],
    );
  });
});
