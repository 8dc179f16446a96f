import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EvaluationStorage, type FolderEvaluation } from '../../../src/host/evaluation/evaluationState.ts';
import { temporaryFolder } from '../crash/temporaryFolder.ts';

// The storage itself needs no editor; what stands beside it does.
vi.mock('vscode', () => ({ commands: {} }));

const report = { page: '<p>…</p>', html: '<p></p>', json: '{}', cases: 3, remarks: ['Few.'] };
const evaluation: FolderEvaluation = { name: 'ferries', root: '/work/ferries', report };

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'storage', 'lastEvaluation.json');
});

describe('the last evaluation of a window', () => {
  it('is there after a reload, and only the newest', async () => {
    const before = new EvaluationStorage(file);
    expect(await before.holdsOne()).toBe(false);
    await before.save({ ...evaluation, name: 'older' });
    await before.save(evaluation);
    const after = new EvaluationStorage(file);
    expect(await after.holdsOne()).toBe(true);
    expect(await after.load()).toMatchObject(evaluation);
    expect(readdirSync(dirname(file))).toEqual(['lastEvaluation.json']);
  });

  it.each([
    ['nothing', ''],
    ['half a file', '{"format":1,"name":'],
    ['the form of another version', JSON.stringify({ format: 2, ...evaluation })],
  ])('is none when the file holds %s', async (_, text) => {
    mkdirSync(dirname(file));
    writeFileSync(file, text);
    expect(await new EvaluationStorage(file).load()).toBeUndefined();
  });

  it('is not kept in a window that has no place for it', async () => {
    const storage = new EvaluationStorage(undefined);
    await storage.save(evaluation);
    expect(await storage.holdsOne()).toBe(false);
    expect(await storage.load()).toBeUndefined();
  });
});
