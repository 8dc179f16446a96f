import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneOfThisRepository, copyOfTypeorm } from '../support/corpus.ts';
import { readLedger } from '../support/readLedger.ts';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

interface Repository {
  readonly name: string;
  readonly create: () => Promise<string>;
  readonly minFiles: number;
  /** A file, and the text of the line below which a new one is begun. */
  readonly file: string;
  readonly below: string;
  /** What is typed, and the line it should become: the part of it that is sure. */
  readonly typed: string;
  readonly line: string;
  readonly question: string;
}

const REPOSITORIES: readonly Repository[] = [
  {
    name: 'this repository',
    create: cloneOfThisRepository,
    minFiles: 300,
    file: 'src/host/editor/contextKeys.ts',
    below: 'export function syncContextKeys',
    typed: 'const store = new ',
    line: 'const store = new DisposableStore();',
    question: 'Where is a crashed worker restarted?',
  },
  {
    name: 'typeorm',
    create: copyOfTypeorm,
    minFiles: 1000,
    file: 'driver/mysql/MysqlQueryRunner.js',
    below: 'await this.broadcaster.broadcast("BeforeTransactionStart");',
    typed: 'await this.executeQueries(',
    line: 'await this.executeQueries(upQueries, downQueries)',
    question: 'Where is the connection pool created?',
  },
];

describe.each(REPOSITORIES)('the packaged extension on $name', (repository) => {
  const { name, file, typed, line } = repository;
  const picture = `slice-${name.replaceAll(' ', '-')}`;
  let home: string;
  let folder: string;
  let ledger: string;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'touchstone-slice-'));
    ledger = join(home, 'signals.sqlite');
    folder = await repository.create();
    workbench = await startWorkbench({
      folder,
      env: { TOUCHSTONE_LEDGER: ledger },
      settings: { 'files.autoSave': 'off' },
    });
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await Promise.all([home, folder].map((path) => rm(path, { recursive: true, force: true })));
  });

  /** Begins a line in the repository's file as it is on disk. */
  async function beginLine(): Promise<void> {
    const { editor } = workbench!;
    await workbench!.openFile(file);
    await workbench!.runCommand('File: Revert File');
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
    const above = lines.findIndex((text) => text.includes(repository.below));
    await editor.moveTo(above + 1, lines[above]!.length + 1);
    await editor.press('Enter');
  }

  function acceptedIds(): readonly string[] {
    return readLedger(ledger).flatMap((record) =>
      record.kind === 'outcome' && record.outcome === 'accepted' ? [record.id] : [],
    );
  }

  it('indexes it and says so in the status bar', async () => {
    expect((await readdir(folder, { recursive: true })).length).toBeGreaterThanOrEqual(repository.minFiles);
    await workbench!.untilIndexed();
    const count = /([\d,]+) files/.exec(await workbench!.status())?.[1]?.replaceAll(',', '');
    expect(Number(count)).toBeGreaterThanOrEqual(repository.minFiles);
  });

  it('continues a line with ghost text, which Tab accepts and the ledger records', async () => {
    const { editor } = workbench!;
    await beginLine();
    await editor.type(typed);
    const ghost = await editor.ghostText();
    expect(ghost).not.toBe('');
    await workbench!.screenshot(`${picture}-ghost`);
    await editor.accept();
    await expect.poll(async () => (await editor.currentLine()).trim()).toBe(line);

    await expect.poll(acceptedIds).toHaveLength(1);
    const [accepted] = acceptedIds();
    const offered = readLedger(ledger).filter(({ kind, id }) => kind === 'offered' && id === accepted);
    expect(offered).toMatchObject([{ provenance: { source: 'workspace-model' }, lines: 1 }]);
  });

  it('accepts a suggestion word by word, and Esc leaves what was typed', async () => {
    const { editor } = workbench!;
    await beginLine();
    await editor.type(typed);
    // Not always the whole line: where the editor's own list has opened, what is offered continues its first entry.
    const word = /^\W*\w+/.exec(await editor.ghostText())?.[0] ?? '';
    expect(word).not.toBe('');
    await editor.acceptWord();
    await expect.poll(async () => (await editor.currentLine()).trim()).toContain(typed + word);
    await editor.dismiss();
    const before = await editor.currentLine();
    await editor.type(' // done');
    await expect.poll(() => editor.currentLine()).toContain('// done');
    expect((await editor.currentLine()).replace(' // done', '')).toBe(before);
    expect(acceptedIds()).toHaveLength(1);
  });

  it('offers nothing at several cursors', async () => {
    const { editor } = workbench!;
    await beginLine();
    await workbench!.runCommand('Add Cursor Above');
    await expect.poll(() => editor.cursors()).toBe(2);
    const begunAt = Date.now();
    await editor.type(typed);
    await expect.poll(async () => (await editor.text()).split(typed).length - 1).toBeGreaterThanOrEqual(2);
    await workbench!.runCommand('Trigger Inline Suggestion');
    expect(await editor.hasGhostText()).toBe(false);

    // What was offered meanwhile would come before what is offered now.
    const endedAt = Date.now();
    await beginLine();
    await editor.type(typed);
    await editor.ghostText();
    const offers = () => readLedger(ledger).filter(({ kind, at }) => kind === 'offered' && at >= begunAt);
    await expect.poll(offers).not.toHaveLength(0);
    expect(offers().filter(({ at }) => at < endedAt)).toEqual([]);
    await editor.dismiss();
    await workbench!.runCommand('File: Revert File');
  });

  it('answers a question, and citations open the lines they name', async () => {
    const { chat, editor, page } = workbench!;
    await chat.open();
    await chat.frame.locator('textarea:focus').waitFor();
    await page.keyboard.type('keys go to the question');
    await expect.poll(() => chat.input.inputValue()).toBe('keys go to the question');
    await chat.ask(repository.question);
    expect(await chat.citations.count()).toBeGreaterThanOrEqual(2);
    await workbench!.screenshot(`${picture}-chat`);
    for (const number of [2, 1]) {
      const { path, startLine } = await chat.citation(number);
      await chat.openCitation(number);
      await expect.poll(() => editor.path()).toBe(join(folder, path));
      await expect.poll(async () => (await editor.cursor()).line).toBe(startLine);
      await expect.poll(() => editor.markedLines()).toBeGreaterThan(0);
    }
    await workbench!.screenshot(`${picture}-citation`);
  });

  it('shows the feedback and the log', async () => {
    await workbench!.runCommand('Touchstone: Show Feedback');
    const { feedbackPage, panel } = workbench!;
    await expect.poll(() => feedbackPage.locator('body').innerText()).toMatch(/Accepted\s+1\b/);
    await workbench!.screenshot(`${picture}-feedback`);
    await workbench!.runCommand('Touchstone: Show Log');
    await expect.poll(() => panel.innerText()).toMatch(/Indexed\s[\d,]+\sfiles/);
    await workbench!.runCommand('View: Toggle Panel Visibility');
  });

  it('clears the index once that is confirmed, and builds it again', async () => {
    const { chat } = workbench!;
    await workbench!.runCommand('Touchstone: Clear Index');
    await workbench!.answerDialog('Cancel');
    expect(await workbench!.status()).toMatch(/files indexed/);
    await workbench!.runCommand('Touchstone: Clear Index');
    await workbench!.answerDialog('Clear Index');
    await expect.poll(() => workbench!.status()).toContain('The index is empty');
    await expect.poll(() => chat.frame.locator('.blocked').innerText()).toContain('Reindex Workspace');

    await workbench!.runCommand('Touchstone: Reindex Workspace');
    await workbench!.untilNotified(/^Touchstone: (Looking|Indexing)/);
    await workbench!.screenshot(`${picture}-reindexing`);
    await workbench!.untilIndexed();
    await chat.frame.locator('.blocked').waitFor({ state: 'detached' });
    await expect.poll(() => workbench!.notifications()).toEqual([]);
  });
});
