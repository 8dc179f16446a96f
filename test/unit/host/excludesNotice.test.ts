import { beforeEach, expect, test } from 'vitest';
import type { Translator } from '../../../src/host/chat/chatNotes.ts';
import { createExcludesNotice } from '../../../src/host/indexStatus/excludesNotice.ts';

const l10n: Translator = {
  t: (message, ...args) => message.replaceAll(/\{(\d+)\}/g, (_, n) => String(args[Number(n)])),
};
let said: string[];
let logged: string[];
let tell: (cut: readonly string[]) => void;

beforeEach(() => {
  said = [];
  logged = [];
  tell = createExcludesNotice({
    warn: (message) => said.push(message),
    log: { warn: (message) => void logged.push(message) },
    l10n,
  });
});

test('says nothing when all excludes hold', () => {
  tell([]);
  expect([said, logged]).toEqual([[], []]);
});

test('says once which do not, and logs each', () => {
  tell(['{a}', '{b}', '{a}']);
  tell(['{b}', '{a}']);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('2 do not hold as written');
  expect(said[0]).toContain('The first is {a}.');
  expect(logged).toEqual([
    'An exclude does not hold as it is written: {a}',
    'An exclude does not hold as it is written: {b}',
  ]);
});

test('says it again of others, and of those that came back', () => {
  tell(['{a}']);
  tell(['{a}', '{b}']);
  tell([]);
  tell(['{a}']);
  expect(said.map((text) => /The first is (.*?)\. /.exec(text)?.[1])).toEqual(['{a}', '{b}', '{a}']);
});

test('attack: shows the beginning of one that goes on for long', () => {
  tell(['x'.repeat(1_000_000)]);
  expect(said[0]?.length).toBeLessThan(500);
  expect(logged[0]?.length).toBeLessThan(200);
});
