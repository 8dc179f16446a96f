import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import { commands, window, workspace } from 'vscode';
import * as ids from '../../../src/host/contributions.ts';
import { eventually, indexed } from './touchstone.ts';

describe('the feedback page', () => {
  after(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('shows what became of suggestions', async () => {
    await indexed();
    await commands.executeCommand(ids.commands.showFeedback);
    const document = await eventually('the page is open', () =>
      workspace.textDocuments.find(({ uri }) => uri.scheme === 'touchstone'),
    );
    assert.match(document.getText(), /^# Touchstone feedback/);
    assert.ok(window.tabGroups.activeTabGroup.activeTab?.label.includes('Feedback'));
  });
});
