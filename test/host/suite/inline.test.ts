import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { commands, ConfigurationTarget, Selection, window, workspace, type TextEditor } from 'vscode';
import * as ids from '../../../src/host/editor/contributions.ts';
import { eventually, feedback, indexed, workspaceFile, type Testing } from './touchstone.ts';

const file = workspaceFile('src/clients/returnClient.ts');

/** The start of a file like the other clients'; the suite types on from here. */
const START = `import { RequestError } from './requestError';
import { requestHeaders } from './requestHeaders';

export async function findReturn(baseUrl: string, id: string): Promise<unknown> {
  const url = new URL(\`/returns/\${id}\`, baseUrl);
  const response = await fetch(url, { headers: requestHeaders() });
`;
const TYPED = '  if (!response.ok) ';
const EXPECTED = `${TYPED}throw new RequestError(response);`;

describe('inline suggestions', () => {
  let testing: Testing;
  let editor: TextEditor;
  const lastLine = () => editor.document.lineAt(editor.document.lineCount - 1).text;
  const type = (text: string) => commands.executeCommand('type', { text });
  const trigger = () => commands.executeCommand('editor.action.inlineSuggest.trigger');
  const accept = () => commands.executeCommand('editor.action.inlineSuggest.commit');

  /** The editor asks a provider once for a version of a document, so another try needs another version. */
  const retype = async () => {
    await commands.executeCommand('deleteLeft');
    await type(TYPED.slice(-1));
  };

  const acceptWhenOffered = () =>
    eventually('a suggestion is accepted', async () => {
      await trigger();
      await accept();
      const isAccepted = lastLine() !== TYPED;
      if (!isAccepted) await retype();
      return isAccepted;
    });

  /** Waits until a suggestion is on offer; what the ledger counts then. */
  const offered = () =>
    eventually('a suggestion is offered', async () => {
      await trigger();
      const { total, recent } = await feedback(testing);
      const isOffered = recent[0]?.outcome === 'pending';
      if (!isOffered) await retype();
      return isOffered && total;
    });

  before(async () => {
    testing = await indexed();
    await writeFile(file.fsPath, START);
  });

  beforeEach(async () => {
    editor = await window.showTextDocument(await workspace.openTextDocument(file));
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    editor.selection = new Selection(end, end);
  });

  afterEach(async () => {
    await commands.executeCommand('workbench.action.files.revert');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  after(() => rm(file.fsPath, { force: true }));

  it('completes a line the way the workspace does, and records the acceptance', async () => {
    const { total } = await feedback(testing);
    await type(TYPED);
    await acceptWhenOffered();
    assert.equal(lastLine(), EXPECTED);
    const after = await eventually('the ledger has the acceptance', async () => {
      const summary = await feedback(testing);
      return summary.total.accepted > total.accepted && summary;
    });
    assert.equal(after.total.accepted, total.accepted + 1);
    assert.ok(after.total.offered > total.offered);
    assert.equal(after.recent.find(({ outcome }) => outcome === 'accepted')?.language, 'typescript');

    const records = await testing.engine.exportSignals();
    const accepted = records.findLast((each) => each.kind === 'outcome' && each.outcome === 'accepted');
    const own = records.filter(({ id }) => id === accepted?.id);
    const offer = own.find((each) => each.kind === 'offered');
    assert.equal(offer?.provenance.source, 'workspace-model');
    assert.ok(
      own.some((each) => each.kind === 'shown'),
      'it is known how long it can have been seen',
    );
  });

  it('records a suggestion that was typed past as ignored, not as accepted', async () => {
    await type(TYPED);
    const total = await offered();
    await type('x');
    const after = await eventually('the ledger has the outcome', async () => {
      const summary = await feedback(testing);
      return summary.total.ignored > total.ignored && summary.total;
    });
    assert.equal(after.accepted, total.accepted);
  });

  it('records a piece accepted by word, typing by hand, and undo', async () => {
    const total = async () => (await feedback(testing)).total;
    const before = await total();
    await type(TYPED);
    await eventually('a word is accepted', async () => {
      await trigger();
      await commands.executeCommand('editor.action.inlineSuggest.acceptNextWord');
      const isAccepted = lastLine() !== TYPED;
      if (!isAccepted) await retype();
      return isAccepted;
    });
    assert.match(EXPECTED.slice(lastLine().length), /\w/, 'the whole line was accepted, not a word of it');
    await eventually('the piece is recorded', async () => (await total()).partial === before.partial + 1);

    await commands.executeCommand('workbench.action.files.revert');
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    editor.selection = new Selection(end, end);
    await type(TYPED);
    await offered();
    for (const key of 'throw x') await type(key);
    await eventually('typing is recorded', async () => (await total()).typedThrough > before.typedThrough);

    await commands.executeCommand('workbench.action.files.revert');
    editor.selection = new Selection(end, end);
    await type(TYPED);
    await acceptWhenOffered();
    await commands.executeCommand('undo');
    await eventually('the undo is recorded', async () => (await total()).undone === before.undone + 1);
    assert.equal((await total()).accepted, before.accepted);
  });

  it('does not take a change of the file on disk for a judgement of what was accepted', async () => {
    const lost = async () => {
      await testing.flushSignals();
      const records = await testing.engine.exportSignals();
      return records.filter((record) => record.kind === 'survival' && record.reason === 'outside');
    };
    const before = (await lost()).length;
    await type(TYPED);
    await acceptWhenOffered();
    await editor.document.save();
    await writeFile(file.fsPath, `${START}${TYPED}`);
    await eventually('the editor has read the file again', () => lastLine() === TYPED);
    await eventually('the text is followed no further', async () => (await lost()).length > before);
    await writeFile(file.fsPath, START);
    await eventually('the file is as it was', () => editor.document.getText() === START);
  });

  it('offers nothing at several cursors', async () => {
    await type(TYPED);
    await acceptWhenOffered();
    await commands.executeCommand('undo');
    const cursor = editor.selection.active;
    editor.selections = [new Selection(cursor, cursor), new Selection(0, 0, 0, 0)];
    await trigger();
    await accept();
    assert.equal(lastLine(), TYPED);
  });

  it('offers nothing where the setting says so', async () => {
    const configuration = workspace.getConfiguration(undefined, { languageId: 'typescript' });
    await configuration.update(ids.settings.completionsEnabled, false, ConfigurationTarget.Global, true);
    try {
      await type(TYPED);
      await trigger();
      await accept();
      assert.equal(lastLine(), TYPED);
    } finally {
      await configuration.update(
        ids.settings.completionsEnabled,
        undefined,
        ConfigurationTarget.Global,
        true,
      );
    }
    await acceptWhenOffered();
    assert.equal(lastLine(), EXPECTED);
  });

  it('records nothing while signals are switched off', async () => {
    const configuration = workspace.getConfiguration();
    await configuration.update(ids.settings.signalsEnabled, false, ConfigurationTarget.Global);
    try {
      const { total } = await feedback(testing);
      await type(TYPED);
      await acceptWhenOffered();
      assert.equal(lastLine(), EXPECTED);
      assert.deepEqual((await feedback(testing)).total, total);
    } finally {
      await configuration.update(ids.settings.signalsEnabled, undefined, ConfigurationTarget.Global);
    }
  });
});
