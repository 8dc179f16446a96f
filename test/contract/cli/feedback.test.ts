import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedbackSummary } from '../../../src/core/signals/summary.ts';
import { runTouchstone } from '../../support/runTouchstone.ts';

const FIXTURE = join(import.meta.dirname, '../store/fixtures/ledger-v1.sqlite');
let base: string;
let ledger: string;

const feedback = (...args: readonly string[]) =>
  runTouchstone(['feedback', base, ...args], { cwd: base, env: { TOUCHSTONE_LEDGER: ledger } });

/** A ledger of an earlier format, the first of its workspaces being the folder that is asked about. */
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'touchstone-feedback-')));
  ledger = join(base, 'signals.sqlite');
  copyFileSync(FIXTURE, ledger);
  const database = new DatabaseSync(ledger);
  const id = createHash('sha256').update(base).digest('hex').slice(0, 16);
  database.prepare("UPDATE signals SET workspace = ? WHERE workspace = '0f3a9c4417b2de60'").run(id);
  database.close();
});
afterAll(() => rm(base, { recursive: true }));

test('counts what became of suggestions in the folder, and changes nothing', async () => {
  const before = readFileSync(ledger);
  const { code, out } = await feedback('--json');
  expect(code).toBe(0);
  const { total, bySource, byLanguage, chat } = JSON.parse(out) as FeedbackSummary;
  expect(total.offered).toBeGreaterThan(10);
  expect(total.offered).toBeLessThan(41);
  expect(bySource['workspace-model']).toEqual(total);
  const languages = Object.values(byLanguage).reduce((sum, { offered }) => sum + offered, 0);
  expect(languages).toBe(total.offered);
  expect(chat).toMatchObject({ copied: 1, citationsOpened: 1, inserted: 0, answers: { done: 0 } });
  expect(readFileSync(ledger)).toEqual(before);
  const text = await feedback();
  expect(text.out).toContain(`Suggestions: ${total.offered} offered, accepted`);
  expect(text.out).toMatch(/by language\n {4}\w+: \d+ offered/);
});

test('says so when there is no ledger', async () => {
  const { code, err } = await feedback('--ledger', join(base, 'none.sqlite'));
  expect(code).toBe(1);
  expect(err).toContain('There is nothing stored in');
});
