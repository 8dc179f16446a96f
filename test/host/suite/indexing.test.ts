import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'mocha';
import { commands, window, workspace, WorkspaceEdit } from 'vscode';
import * as ids from '../../../src/host/editor/contributions.ts';
import type { LocatedAnswer } from '../../../src/protocol/engine.ts';
import { eventually, found, indexed, workspaceFile, type Testing } from './touchstone.ts';

describe('the index of the workspace', () => {
  let testing: Testing;
  const outside = workspaceFile('src/outside.ts');

  before(async () => {
    testing = await indexed();
  });

  after(async () => {
    await rm(outside.fsPath, { force: true });
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('becomes ready by itself and knows every file', () => {
    const { overview } = testing.board;
    assert.equal(overview.state, 'ready');
    assert.ok(overview.files >= 13, `only ${overview.files} files`);
    assert.ok(overview.chunks >= overview.files);
  });

  it('finds code by its name and by what it does', async () => {
    assert.equal((await found(testing, 'vatRate'))[0], 'src/billing/vatRate.ts');
    // A busy machine may answer without vectors once.
    await eventually('it is found by what it does', async () =>
      (await found(testing, 'wait twice as long after a failure')).includes('server/retry.go'),
    );
  });

  it('answers a question with citations that can be opened', async () => {
    const { signal } = new AbortController();
    let streamed = '';
    let answer: LocatedAnswer | undefined;
    for await (const event of testing.engine.ask('Which tax rate do books have?', {}, signal)) {
      if (event.type === 'text') streamed += event.text;
      else if (event.type === 'done') ({ answer } = event);
    }
    assert.ok(answer);
    assert.equal(streamed, answer.text);
    const index = answer.citations.findIndex(({ path }) => path === 'src/billing/vatRate.ts');
    assert.notEqual(index, -1, `cites ${answer.citations.map(({ path }) => path).join(', ')}`);
    assert.equal(answer.citations[index]?.root, workspace.workspaceFolders?.[0]?.uri.fsPath);
    assert.equal(answer.grounding.supported, answer.grounding.checked);
  });

  it('sees a saved change', async () => {
    const document = await workspace.openTextDocument(workspaceFile('src/greet.ts'));
    await window.showTextDocument(document);
    const edit = new WorkspaceEdit();
    edit.insert(
      document.uri,
      document.lineAt(document.lineCount - 1).range.end,
      '\nexport const zanzibarGreeting = "Jambo";\n',
    );
    await workspace.applyEdit(edit);
    assert.ok(await document.save());
    await eventually('search sees the saved text', async () =>
      (await found(testing, 'zanzibarGreeting')).includes('src/greet.ts'),
    );
  });

  it('sees files created and deleted outside the editor', async () => {
    await writeFile(outside.fsPath, 'export function quokkaHabitat(): string {\n  return "Rottnest";\n}\n');
    await eventually('search sees the new file', async () =>
      (await found(testing, 'quokkaHabitat')).includes('src/outside.ts'),
    );
    await rm(outside.fsPath);
    await eventually(
      'search forgets the deleted file',
      async () => !(await found(testing, 'quokkaHabitat')).includes('src/outside.ts'),
    );
  });

  it('is empty once cleared, and stays so until it is reindexed', async () => {
    await testing.engine.clearIndex();
    assert.equal(testing.board.overview.state, 'empty');
    assert.deepEqual(await found(testing, 'vatRate'), []);
    const states: string[] = [];
    const following = testing.board.subscribe(({ state }) => states.push(state));
    const root = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    testing.engine.touch(root, ['src/greet.ts']);
    // The indexer works through its messages in order: what the touched file causes comes before this.
    await commands.executeCommand(ids.commands.reindex);
    following.dispose();
    assert.equal(states[0], 'empty');
    // The vectors that follow are reported by an index that stays ready.
    const becameReady = states.filter((state, at) => state === 'ready' && states[at - 1] !== 'ready');
    assert.equal(becameReady.length, 1, states.join(', '));
    await eventually('search works again', async () => (await found(testing, 'vatRate')).length > 0);
  });
});
