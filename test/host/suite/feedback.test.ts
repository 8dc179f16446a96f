import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import { commands, TabInputWebview, window } from 'vscode';
import * as ids from '../../../src/host/editor/contributions.ts';
import { eventually, feedback, indexed } from './touchstone.ts';

describe('the feedback page', () => {
  after(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('is one tab, however often it is shown', async () => {
    await indexed();
    await commands.executeCommand(ids.commands.showFeedback);
    await commands.executeCommand(ids.commands.showFeedback);
    const tab = await eventually('the page is open', () => window.tabGroups.activeTabGroup.activeTab);
    assert.equal(tab.label, 'Touchstone Feedback');
    assert.ok(tab.input instanceof TabInputWebview);
    const pages = window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label === tab.label);
    assert.equal(pages.length, 1);
  });

  it('exports and deletes what the ledger holds', async () => {
    const testing = await indexed();
    const { engine } = testing;
    await engine.recordSignals([{ kind: 'undone', id: 'x', at: 1, workspace: 'w', afterMs: 1 }]);
    assert.equal((await engine.exportSignals()).at(-1)?.id, 'x');
    await engine.clearSignals();
    assert.deepEqual(await engine.exportSignals(), []);
    assert.equal((await feedback(testing)).total.offered, 0);
  });
});
