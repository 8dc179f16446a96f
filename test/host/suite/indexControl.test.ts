import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'mocha';
import { commands, ConfigurationTarget, window, workspace, WorkspaceEdit } from 'vscode';
import * as ids from '../../../src/host/editor/contributions.ts';
import { eventually, found, indexed, workspaceFile, type Testing } from './touchstone.ts';

describe('control over indexing', () => {
  let testing: Testing;
  const added = workspaceFile('src/added.ts');
  const rules = workspaceFile('.touchstoneignore');

  before(async () => {
    testing = await indexed();
  });

  after(async () => {
    await Promise.all([added, rules].map(({ fsPath }) => rm(fsPath, { force: true })));
    await commands.executeCommand(ids.commands.resumeIndexing);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  const isFound = async (query: string, path: string) => (await found(testing, query)).includes(path);
  const untilReady = () => eventually('the index is ready', () => testing.board.overview.state === 'ready');

  it('indexes nothing while paused, and everything that changed once resumed', async () => {
    await commands.executeCommand(ids.commands.pauseIndexing);
    assert.equal(testing.board.overview.state, 'paused');
    assert.ok(await isFound('vatRate', 'src/billing/vatRate.ts'), 'searches go on');
    await writeFile(added.fsPath, 'export const narwhalTusk = 1;\n');
    const root = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    testing.engine.touch(root, ['src/added.ts']);
    await testing.engine.skipped(root);
    assert.equal(testing.board.overview.state, 'paused');
    assert.ok(!(await isFound('narwhalTusk', 'src/added.ts')));
    await commands.executeCommand(ids.commands.resumeIndexing);
    await eventually('the new file is found', () => isFound('narwhalTusk', 'src/added.ts'));
    await untilReady();
  });

  it('goes on after it was cancelled when told to index', async () => {
    await commands.executeCommand(ids.commands.cancelIndexing);
    const { overview } = testing.board;
    assert.equal(overview.state === 'paused' && overview.kind, 'stopped');
    await commands.executeCommand(ids.commands.reindex);
    await untilReady();
  });

  it('follows the editor’s excludes at once, and our own ignore file overrides them', async () => {
    const files = workspace.getConfiguration('files');
    const before = files.get<Record<string, unknown>>('exclude');
    await files.update('exclude', { ...before, '**/added.{ts,js}': true }, ConfigurationTarget.Workspace);
    await eventually('the file is left out', async () => !(await isFound('narwhalTusk', 'src/added.ts')));
    await writeFile(rules.fsPath, '!added.ts\n');
    await eventually('it is brought back', () => isFound('narwhalTusk', 'src/added.ts'));
    await files.update('exclude', undefined, ConfigurationTarget.Workspace);
    await untilReady();
  });

  it('finds text that is in an editor only', async () => {
    const document = await workspace.openTextDocument(workspaceFile('src/greet.ts'));
    await window.showTextDocument(document);
    const edit = new WorkspaceEdit();
    const end = document.lineAt(document.lineCount - 1).range.end;
    edit.insert(document.uri, end, '\nexport const axolotlGill = "unsaved";\n');
    await workspace.applyEdit(edit);
    assert.ok(document.isDirty);
    const hit = await eventually('the unsaved text is found', async () =>
      (await testing.engine.search('axolotlGill', 3)).find(({ path }) => path === 'src/greet.ts'),
    );
    const shown = document
      .getText()
      .split('\n')
      .slice(hit.startLine - 1, hit.endLine);
    assert.ok(shown.join('\n').includes('axolotlGill'), 'at its lines');
    await commands.executeCommand('workbench.action.files.revert');
    await eventually('it is forgotten', async () => {
      const hits = await testing.engine.search('axolotlGill', 3);
      return hits.every(({ legs }) => legs.lexical === undefined);
    });
  });
});
