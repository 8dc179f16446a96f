import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { commands, window } from 'vscode';
import * as ids from '../../../src/host/editor/contributions.ts';
import { activated } from './touchstone.ts';

describe('activation', () => {
  it('takes less than 100 ms', async () => {
    const { activationMs } = await activated();
    assert.ok(activationMs < 100, `took ${activationMs} ms`);
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
