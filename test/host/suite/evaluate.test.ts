import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import { commands, TabInputWebview, window } from 'vscode';
import * as ids from '../../../src/host/editor/contributions.ts';
import { eventually, indexed, type Testing } from './touchstone.ts';

const allTabs = () => window.tabGroups.all.flatMap(({ tabs }) => tabs);

/** Ports to worker threads of the extension host; each thread has some. */
const ports = () => process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort').length;

describe('an evaluation', () => {
  let testing: Testing;

  before(async () => {
    testing = await indexed();
  });
  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('leaves no report and no worker when cancelled', async () => {
    const before = ports();
    const running = commands.executeCommand(ids.commands.evaluate);
    await eventually('its worker is there', () => ports() > before);
    testing.evaluation.cancel();
    await running;
    assert.equal(ports(), before);
    assert.deepEqual(allTabs(), []);
    assert.equal(testing.evaluation.hasLast, false);
  });

  it('ends with a report in one tab and with its worker', async () => {
    const before = ports();
    await commands.executeCommand(ids.commands.evaluate);
    await commands.executeCommand(ids.commands.evaluate);
    assert.equal(ports(), before);
    const [tab, ...others] = await eventually('the report is open', () => allTabs().length > 0 && allTabs());
    assert.deepEqual(others, []);
    assert.match(tab?.label ?? '', /^Evaluation of /);
    assert.ok(tab?.input instanceof TabInputWebview);
    const last = await testing.evaluation.last();
    assert.match(last?.report.page ?? '', /\d+ of \d+ questions find the right place/);
    assert.match(last?.report.page ?? '', /\d+ of \d+ suggestions are exactly the rest of the line/);
  });

  it('runs once at a time', async () => {
    const runs = [1, 2].map(() => commands.executeCommand(ids.commands.evaluate));
    await runs[1];
    assert.equal(testing.evaluation.isRunning, true);
    await runs[0];
    assert.equal(testing.evaluation.isRunning, false);
  });

  it('opens again after its page was closed', async () => {
    assert.deepEqual(allTabs(), []);
    await commands.executeCommand(ids.commands.openEvaluation);
    await eventually('the report is open', () => allTabs().length === 1);
  });

  it('opens the places that the report links to, and nothing outside of the folder', async () => {
    const place = ids.internalCommands.openEvaluatedPlace;
    await commands.executeCommand(place, '../../outside.ts', 1, 1);
    await commands.executeCommand(place, 'src/billing/vatRate.ts');
    assert.equal(window.visibleTextEditors.length, 0);
    await commands.executeCommand(place, 'src/billing/vatRate.ts', 2, 3);
    const [{ document, selection } = assert.fail('no file is open')] = window.visibleTextEditors;
    assert.match(document.uri.path, /src\/billing\/vatRate\.ts$/);
    assert.equal(selection.active.line, 1);
  });
});
