import { describe, expect, it } from 'vitest';
import type { AnswerPart } from '../../../src/core/chat/answer.ts';
import { answerQuestion } from '../../../src/core/chat/extractiveAnswer.ts';
import { ask, searchOf, WORKSPACE } from './answerFixture.ts';

const RETRY = 'src/http/retry.ts';

describe('answerQuestion', () => {
  it('yields its text in parts, the answer first', async () => {
    const { parts, answer } = await ask('Where is computeBackoff defined?');
    expect(parts.join('')).toBe(answer.text);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts[0]).toContain('src/http/retry.ts');
    expect(answer.source).toBe('extractive');
  });

  it('cites at least two places when there are two', async () => {
    const { answer } = await ask('How do I retry work that fails?');
    expect(answer.citations.length).toBeGreaterThanOrEqual(2);
    expect(answer.citations.map(({ number }) => number)).toEqual(answer.citations.map((_, at) => at + 1));
  });

  it('cites exactly the lines it quotes', async () => {
    const { answer } = await ask('Where is computeBackoff defined?');
    const [first] = answer.citations;
    expect(first).toEqual({ number: 1, path: RETRY, startLine: 6, endLine: 12 });
  });

  it('quotes unsaved edits, at the lines where they are now', async () => {
    const edited = `// A new first line\n${(WORKSPACE[RETRY] ?? '').replace('BASE_MS * 2', 'BASE_MS * 3')}`;
    const { answer } = await ask('Where is computeBackoff defined?', {
      live: { ...WORKSPACE, [RETRY]: edited },
    });
    expect(answer.text).toContain('BASE_MS * 3');
    expect(answer.citations[0]).toMatchObject({ path: RETRY, startLine: 7, endLine: 13 });
    expect(answer.grounding.supported).toBe(answer.grounding.checked);
  });

  it('leaves out files that are gone', async () => {
    const live = { ...WORKSPACE };
    Reflect.deleteProperty(live, RETRY);
    const { answer } = await ask('computeBackoff', { live });
    expect(answer.citations.map(({ path }) => path)).not.toContain(RETRY);
  });

  it.each([
    ['Where is computeBackoff defined?', false],
    ['How do I retry work that fails?', false],
    ['Who calls computeBackoff?', false],
    ['Where is `computeBackdoor` defined?', true],
    ['Who calls `paintTheFence`?', true],
    ['quaternion slerp interpolation of camera paths in retry', true],
    ['zyzzyva', true],
  ])('says whether it found what was asked for: %s', async (question, isAbstention) => {
    const { answer } = await ask(question);
    expect(answer.isAbstention ?? false).toBe(isAbstention);
    expect(/^(?:I found nothing|No )/.test(answer.text)).toBe(isAbstention);
  });

  it('lets comments bring in no links or citations of their own', async () => {
    const { answer } = await ask('How do I retry work that fails?');
    expect(answer.text).toContain('\\[the RFC\\]\\(http\\://example.org\\)');
  });

  it('fences code that contains fences', async () => {
    const { answer } = await ask('running the report guide');
    expect(answer.text).toContain('````md');
    expect(answer.grounding.supported).toBe(answer.grounding.checked);
  });

  it('does not take a merely similar vector for an answer', async () => {
    const hit = { path: RETRY, startLine: 1, endLine: 5, score: 0.1, legs: { dense: 0.3 } };
    const answer = answerQuestion('quaternions', {
      search: () => Promise.resolve([hit]),
      readLive: (path) => Promise.resolve(WORKSPACE[path]),
    });
    const parts: AnswerPart[] = [];
    for await (const part of answer) parts.push(part);
    expect(parts.find(({ type }) => type === 'text')).toMatchObject({
      text: expect.stringContaining('I found nothing') as string,
    });
  });

  it('stops when aborted', async () => {
    await expect(ask('computeBackoff', { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    const abort = new AbortController();
    const answer = answerQuestion(
      'computeBackoff',
      { search: searchOf(WORKSPACE).search, readLive: (path) => Promise.resolve(WORKSPACE[path]) },
      abort.signal,
    );
    await answer.next();
    abort.abort();
    await expect(answer.next()).rejects.toThrow(/abort/i);
  });
});
