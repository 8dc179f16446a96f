import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileRecordings } from '../../../src/adapters/evals/fileRecordings.ts';
import { textMessage } from '../../../src/core/ports/models.ts';
import type { Recording } from '../../../src/evals/replay/recording.ts';
import { temporaryFolder } from '../crash/temporaryFolder.ts';

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'deep', 'answers.jsonl');
});

function recording(caseId: string, slot = 0, text = 'It melts [1].'): Recording {
  return {
    key: `key of ${caseId}`,
    caseId,
    prompt: 'chat.answer@2',
    model: 'openai:m',
    slot,
    request: {
      messages: [
        textMessage('system', 'Rules.\n\n- One\r\n- “Two” \u2028 {"answer":"no"}'),
        textMessage('user', ''),
        textMessage('user', `Who melts ${caseId}?\n`),
      ],
      maxOutputTokens: 500,
      temperature: 0,
      stop: ['\n'],
    },
    parts: [
      { atMs: 1, part: { type: 'reasoning', text: '' } },
      { atMs: 12, part: { type: 'text', text: `${text}\n` } },
      { atMs: 30, part: { type: 'text', text: '…' } },
      { atMs: 31, part: { type: 'usage', usage: { inputTokens: 9, cachedInputTokens: 4, outputTokens: 2 } } },
      { atMs: 31, part: { type: 'done', stopReason: 'stop' } },
    ],
  };
}

async function record(...recordings: readonly Recording[]): Promise<void> {
  const opened = await FileRecordings.open(file);
  await Promise.all(recordings.map((each) => opened.add(each)));
  await opened.close();
}

describe('a file of recordings', () => {
  it('opens one in which no wording of a prompt is named, and leaves its lines as they are', async () => {
    const { prompt, ...old } = recording('a');
    expect(prompt).toBeDefined();
    await record(old);
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('chat.answer');
    await record(recording('b'));
    const opened = await FileRecordings.open(file);
    expect([...opened.requests()].map((each) => each.prompt)).toEqual([undefined, prompt]);
    expect(opened.find(old.key, 0)).toEqual(old.parts);
    expect(readFileSync(file, 'utf8').startsWith(text)).toBe(true);
  });

  it('gives back what was recorded, answers and requests', async () => {
    const all = [recording('a'), recording('a', 1, 'Again.'), recording('b')];
    await record(...all);
    const opened = await FileRecordings.open(file);
    for (const { key, slot, parts } of all) expect(opened.find(key, slot)).toEqual(parts);
    expect(opened.find('key of a', 2)).toBeUndefined();
    const [first] = all;
    expect([...opened.requests()]).toEqual(
      ['a', 'b']
        .map((caseId) => ({ ...first, key: `key of ${caseId}`, caseId, request: recording(caseId).request }))
        .map(({ key, caseId, prompt, model, request }) => ({ key, caseId, prompt, model, request })),
    );
  });

  it('is the same in whatever order the answers came', async () => {
    await record(recording('b'), recording('a', 1, 'Again.'), recording('c'), recording('a'));
    const text = readFileSync(file, 'utf8');
    file = join(temporaryFolder(), 'answers.jsonl');
    await record(recording('c'), recording('a'), recording('b'), recording('a', 1, 'Again.'));
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('reads as a prompt does, a line each', async () => {
    await record(recording('a'));
    expect(readFileSync(file, 'utf8').split('\n')).toEqual([
      '{"request":"key of a","case":"a","prompt":"chat.answer@2","model":"openai:m","maxOutputTokens":500,"temperature":0,"stop":["\\n"],"lines":7}',
      '["system","Rules."]',
      '[""]',
      '["- One\\r"]',
      expect.stringMatching(/^\["- “Two”/),
      '["user",""]',
      '["user","Who melts a?"]',
      '[""]',
      '{"answer":"key of a","slot":0,"stop":"stop","usage":{"inputTokens":9,"cachedInputTokens":4,"outputTokens":2},"doneMs":31,"parts":[[1],[12,"It melts [1].\\n"],[30,"…"]]}',
      '',
    ]);
  });

  it('keeps the first answer to a request', async () => {
    await record(recording('a', 0, 'First.'));
    await record(recording('a', 0, 'Second.'));
    expect((await FileRecordings.open(file)).find('key of a', 0)).toEqual(recording('a', 0, 'First.').parts);
  });

  it('holds each answer before it is closed', async () => {
    const opened = await FileRecordings.open(file);
    await opened.add(recording('a'));
    expect((await FileRecordings.open(file)).find('key of a', 0)).toBeDefined();
  });

  it('loses at most the last record when its writer is killed, wherever that is', async () => {
    await record(recording('a'));
    const whole = readFileSync(file, 'utf8').length;
    await record(recording('b'));
    const text = readFileSync(file, 'utf8');
    for (let cut = whole; cut <= text.length; cut++) {
      writeFileSync(file, text.slice(0, cut));
      const opened = await FileRecordings.open(file);
      expect(opened.find('key of a', 0)).toEqual(recording('a').parts);
      await opened.add(recording('b'));
      await opened.close();
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
  });

  it.each([
    ['marks of a merge', 0, '<<<<<<< ours'],
    ['an answer to nothing', 0, '{"answer":"gone","slot":0,"stop":"stop","doneMs":1,"parts":[]}'],
    ['a prompt that is none', 1, '{"request":"key of a"}'],
  ])('with %s says which line and what to do', async (_, line, text) => {
    await record(recording('a'));
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, lines.toSpliced(line, 1, text).join('\n'));
    await expect(FileRecordings.open(file)).rejects.toMatchObject({
      code: 'recordings-damaged',
      message: `Line ${line + 1} of ${file} is no recorded answer. Restore the file, or delete it and record anew.`,
    });
  });
});
