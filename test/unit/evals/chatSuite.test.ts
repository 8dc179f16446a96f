import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ChatSuiteResult, EvaluationOptions } from '../../../src/evals/evaluation.ts';
import { evaluate } from './evaluationFixture.ts';

const FERRIES = resolve(import.meta.dirname, '../../evals/fixtures/ferries');

const texts = Object.fromEntries(
  readdirSync(FERRIES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => [file.slice(FERRIES.length + 1).replaceAll('\\', '/'), readFileSync(file, 'utf8')]),
);

async function askedChat(options: Partial<EvaluationOptions> = {}): Promise<ChatSuiteResult> {
  const { chat } = await evaluate(texts, { suites: ['chat'], cases: 30, ...options });
  if (!chat) throw new Error('the chat was not evaluated');
  return chat;
}

describe('the chat suite', () => {
  test('puts each question to the built-in answers once and says so, however often it is told to', async () => {
    const chat = await askedChat({ runs: 5 });
    expect(chat).toMatchObject({ model: 'built-in', runs: 1, errors: [] });
    expect(chat.outcomes).toHaveLength(30);
    expect(chat.outcomes.every(({ trials }) => trials.length === 1)).toBe(true);
    expect(chat.remark).toContain(
      'Each question was asked once, as the built-in answers are the same every time.',
    );
    expect((await askedChat()).remark).toBeNull();
  });

  test('answers as the chat does: with text, citations and what they were chosen from', async () => {
    const { outcomes } = await askedChat();
    const trials = outcomes.flatMap((outcome) => outcome.trials);
    for (const { answer, citations, retrieved, inputTokens, firstTokenMs, isReplayed } of trials) {
      expect(answer).not.toBe('');
      expect({ inputTokens, firstTokenMs, isReplayed }).toEqual({
        inputTokens: null,
        firstTokenMs: null,
        isReplayed: false,
      });
      for (const { path } of citations) expect(retrieved.map((each) => each.path)).toContain(path);
    }
    expect(trials.filter(({ citations }) => citations.length > 0).length).toBeGreaterThan(20);
  });

  test('hides what a question was made from, from the index and from the answers', async () => {
    const { outcomes } = await askedChat({ cases: 200 });
    // `Which code rounds cents to the nearest five …?` was made from `Rounds cents to the nearest five …`.
    const made = outcomes.filter(({ source }) => source === 'chat-how');
    expect(made.length).toBeGreaterThan(5);
    const answers = outcomes.flatMap(({ trials }) => trials.map(({ answer }) => answer)).join('\n');
    for (const { question, gold } of made) {
      const [, words = ''] = /^Which code \w+ (\S+ \S+ \S+ \S+)/.exec(question) ?? [];
      if (words === '') continue;
      expect(gold.map(({ path }) => texts[path]).join('\n')).toContain(words);
      expect(answers).not.toContain(words);
    }
  });

  test('gives the same result for the same seed', async () => {
    const first = await askedChat({ cases: 12 });
    expect(await askedChat({ cases: 12 })).toEqual(first);
    const ids = ({ outcomes }: ChatSuiteResult) => outcomes.map(({ id }) => id);
    expect(ids(await askedChat({ cases: 12, seed: 2 }))).not.toEqual(ids(first));
  });
});
