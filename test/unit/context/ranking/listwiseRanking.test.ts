import { describe, expect, test } from 'vitest';
import { messageText } from '../../../support/messageText.ts';
import type { ChatRequest } from '../../../../src/core/ports/models.ts';
import { fixedPolicy } from '../../../../src/core/prompts/fixedPolicy.ts';
import { listwiseRanking } from '../../../../src/core/context/ranking/listwiseRanking.ts';
import { done, ScriptedModel, text } from '../../models/scriptedModel.ts';

const block = (path: string) => ({ path, startLine: 1, endLine: 1, lines: [`in ${path}`] });
const blocks = [block('a.ts'), block('b.ts'), block('c.ts')];

function ranking(...answers: readonly string[]) {
  const chat = new ScriptedModel(answers.map((answer) => [text(answer), done]));
  const model = listwiseRanking({ chat, promptTokens: 4_000, outputTokens: 4_000 }, fixedPolicy());
  return { chat, rank: () => model.rank('query', blocks, new AbortController().signal) };
}

describe('ranking by a chat model', () => {
  test.each([
    ['as asked for', '{"ranking": [3, 1]}'],
    ['in a fence', '```json\n{"ranking": [3, 1]}\n```'],
    ['in a sentence', 'The best is: {"ranking":[3,1]} I hope this helps.'],
    ['with numbers twice or of no excerpt', '{"ranking": [3, 3, 9, 1]}'],
  ])('reads an answer %s', async (_, answer) => {
    const [first, second, third] = await ranking(answer).rank();
    expect(third).toBeGreaterThan(first ?? 1);
    expect(first).toBeGreaterThan(0);
    expect(second).toBe(0);
  });

  test.each([
    ['without JSON', 'c.ts is best', 'no JSON object'],
    ['with broken JSON', '{"ranking": [3, }', 'broken'],
    ['of another shape', '{"ranking": ["c.ts"]}', 'no list of numbers'],
  ])('asks once more after an answer %s', async (_, answer, complaint) => {
    const { chat, rank } = ranking(answer, '{"ranking": [2]}');
    expect(await rank()).toEqual([0, 1, 0]);
    const [, second] = chat.requests as ChatRequest[];
    expect(messageText(second?.messages.at(-1))).toContain(complaint);
  });

  test('gives up after the second', async () => {
    const { chat, rank } = ranking('no');
    await expect(rank()).rejects.toMatchObject({ code: 'model-response', problem: 'malformed' });
    expect(chat.requests).toHaveLength(2);
  });
});
