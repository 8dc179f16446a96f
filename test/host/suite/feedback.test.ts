import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import { commands, TabInputWebview, window, workspace } from 'vscode';
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
    const tab = await eventually('its preview is shown', () => window.tabGroups.activeTabGroup.activeTab);
    assert.match(tab.label, /Feedback/);
    assert.ok(tab.input instanceof TabInputWebview);
  });
});
