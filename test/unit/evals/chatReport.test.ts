import { describe, expect, test } from 'vitest';
import type { ChatSuiteResult } from '../../../src/evals/evaluation.ts';
import { CHAT_METRICS } from '../../../src/evals/metrics/chatMetrics.ts';
import type { ChatOutcome } from '../../../src/evals/outcome.ts';
import { chatCases } from '../../../src/evals/report/chatReport.ts';
import { scoreTables, usageFacts } from '../../../src/evals/report/scoreTables.ts';
import { summarizeOutcomes } from '../../../src/evals/summary.ts';
import { chatted, places, trial } from './metrics/chatFixture.ts';

function pageOf(...outcomes: readonly ChatOutcome[]): string {
  return chatCases(resultOf(outcomes), undefined).html;
}

function resultOf(outcomes: readonly ChatOutcome[]): ChatSuiteResult {
  const summary = summarizeOutcomes(outcomes, CHAT_METRICS, {}, { runsOf: ({ trials }) => trials });
  const errors = [{ id: 'chat:9', message: 'The model <b> is away. Try again.' }];
  return { outcomes, summary, available: {}, remark: null, model: 'openai:small', runs: 1, errors };
}

const gold = places('a:1-9');

describe('a chat case in the report', () => {
  test('shows what is cited rightly, what is beside it and what is missing', () => {
    const html = pageOf(
      chatted([trial({ citations: places('a:3', 'b:7'), retrieved: places('x:1', 'a:1-9') })], {
        gold: places('a:1-9', 'c:5'),
        mustMention: ['gate'],
        mustNotMention: ['YES'],
      }),
    );
    expect(html).toMatch(/\[1\] <code>a:3<\/code> <span class="badge good">right/);
    expect(html).toMatch(/\[2\] <code>b:7<\/code> <span class="badge bad">extra/);
    expect(html).toMatch(/<dt>Not cited<\/dt>\s*<dd><div><code>c:5<\/code><\/div><\/dd>/);
    expect(html).toContain('the first right place at 2 of 2');
    expect(html).toMatch(/<dt>Does not say<\/dt>\s*<dd>gate<\/dd>/);
    expect(html).toMatch(/<dt>Should not say<\/dt>\s*<dd>YES<\/dd>/);
    expect(html).toContain('>partly</span>');
  });

  test.each([
    ['right', trial({ citations: gold })],
    ['partly', trial({ citations: places('a:3', 'b:1') })],
    ['wrong', trial({ citations: places('b:1') })],
    ['wrong', trial({ isAbstention: true })],
  ])('is %s', (verdict, answer) => {
    expect(pageOf(chatted([answer]))).toContain(`>${verdict}</span>`);
  });

  test('says when it should have declined, and when it need not have', () => {
    const unanswerable = chatted([trial()], { gold: [], isAnswerable: false });
    expect(pageOf(unanswerable)).toContain('should have declined');
    expect(pageOf(chatted([trial({ isAbstention: true })]))).toContain('declined wrongly');
  });

  test('counts each of several answers', () => {
    const html = pageOf(chatted([trial({ citations: gold }), trial({ isReplayed: true })]));
    expect(html).toContain('Answer 1 · 1.0 s');
    expect(html).toContain('Answer 2 · 1.0 s when recorded');
    expect(html).toContain('>partly</span>');
  });

  test('keeps code apart and markup out', () => {
    const answer = 'See <b>:\n\n```ts\nconst a = 1 < 2;\n```\nThat is all.\n\n```\nmore\n```';
    const html = pageOf(chatted([trial({ answer })]));
    expect(html).toContain('See &lt;b&gt;:');
    expect(html).toContain('<pre tabindex="0"><code>const a = 1 &lt; 2;</code></pre>');
    expect(html).toContain('<code>more</code>');
    expect(html).not.toContain('```');
    expect(html).toContain('The model &lt;b&gt; is away.');
  });
});

describe('answers and abstentions', () => {
  test('are counted in a table, wrong ones first on the page', () => {
    const html = pageOf(
      chatted([trial({ citations: gold })], { question: 'known' }),
      chatted([trial()], { question: 'unknown', gold: [], isAnswerable: false }),
      chatted([trial({ isAbstention: true })], { question: 'declined', gold: [], isAnswerable: false }),
    );
    expect(html).toContain('Answers and abstentions: 67 % rightly so');
    expect(html.indexOf('>unknown<')).toBeLessThan(html.indexOf('>known<'));
    // One answered rightly; of two to decline one was.
    expect(html).toMatch(/answer<\/th>\s*<td class="number">1<\/td><td class="number">0<\/td>/);
    expect(html).toMatch(/decline<\/th>\s*<td class="number">1<\/td><td class="number">1<\/td>/);
  });
});

describe('what a model took', () => {
  const said = { inputTokens: 12345, outputTokens: 40, firstTokenMs: 200 };

  test('is said as far as it is known', () => {
    const { usage } = resultOf([chatted([trial({ ...said, cost: 0.0125 })])]).summary;
    expect(usage && Object.fromEntries(usageFacts(usage))).toMatchObject({
      'Tokens read': '12,345',
      'Tokens written': '40',
      Cost: '$0.0125',
      'Time to the first token: half of the answers': '200 ms',
    });
    const unpriced = resultOf([chatted([trial(said)])]).summary;
    expect(unpriced.usage && Object.fromEntries(usageFacts(unpriced.usage))['Cost']).toBe('not known');
    expect(scoreTables(unpriced, null).html).toContain('not known');
  });

  test('is left out where no model was asked', () => {
    expect(scoreTables(resultOf([chatted([trial()])]).summary, null).html).not.toContain('Tokens');
  });
});
