import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageText } from '../../support/messageText.ts';
import { textMessage } from '../../../src/core/ports/models.ts';
import { PromptTooLongError } from '../../../src/core/errors/modelErrors.ts';
import { estimateTokens } from '../../../src/core/prompts/estimateTokens.ts';
import type { PromptTemplate } from '../../../src/core/prompts/promptTemplate.ts';
import { renderPrompt, renderTemplate } from '../../../src/core/prompts/renderPrompt.ts';
import type { SourceBlock } from '../../../src/core/prompts/sourceBlock.ts';
import { anyText } from '../../support/anyText.ts';

const text = fc.oneof(
  anyText,
  fc.string({
    unit: fc.constantFrom('`', '~', '\n', '[', ']', '1', 'a', ' ', '#', '\r', '\u2028', '\u200b'),
  }),
  fc.lorem({ maxCount: 60 }),
);
const block: fc.Arbitrary<SourceBlock> = fc.record({
  path: fc.oneof(fc.constantFrom('a.ts', 'b/c.py', 'Makefile'), text),
  startLine: fc.integer({ min: 1, max: 9_999 }),
  endLine: fc.integer({ min: 1, max: 9_999 }),
  // Files are cut into lines before they come here.
  lines: fc.array(text.map((line) => line.replace(/[\r\n]/g, ''))),
});
const input = fc.record({
  question: text,
  blocks: fc.array(block, { maxLength: 20 }),
  history: fc.array(fc.record({ question: text, answer: text }), { maxLength: 5 }),
});

function numbersIn(content: string): readonly number[] {
  return [...content.matchAll(/(?:^|\n\n)\[(\d+)\] [^\n]*:\d+-\d+\n`{3,}/g)].map(([, digits]) =>
    Number(digits),
  );
}

describe('chat.answer', () => {
  test('never costs more than its budget, by whatever counter', () => {
    const counters = fc.constantFrom(
      estimateTokens,
      (each: string) => each.length,
      (each: string) => Math.ceil(each.length / 4),
    );
    fc.assert(
      fc.property(input, fc.integer({ min: 500, max: 6_000 }), counters, (each, budgetTokens, count) => {
        const least = count(
          messageText(
            renderPrompt('chat.answer', each, { variant: 1, budgetTokens: 1e9, maxOutputTokens: 1, count })
              .request.messages[0],
          ),
        );
        fc.pre(budgetTokens > least + 200);
        const { request, tokens } = renderPrompt('chat.answer', each, {
          variant: 1,
          budgetTokens,
          maxOutputTokens: 1,
          count,
        });
        const counted = request.messages.reduce((sum, message) => sum + count(messageText(message)), 0);
        expect(counted).toBeLessThanOrEqual(tokens);
        expect(tokens).toBeLessThanOrEqual(budgetTokens);
        expect(request.messages[0]?.role).toBe('system');
        expect(request.messages.at(-1)?.role).toBe('user');
      }),
    );
  });

  test('keeps the best blocks, numbered without gaps, the best last', () => {
    const words = fc.array(
      fc.record({
        path: fc.constant('a.ts'),
        startLine: fc.constant(1),
        endLine: fc.constant(9),
        lines: fc.array(fc.lorem()),
      }),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 500, max: 3_000 }), (blocks, budgetTokens) => {
        const prompt = renderPrompt(
          'chat.answer',
          { question: 'Why?', blocks, history: [] },
          { variant: 1, budgetTokens, maxOutputTokens: 1 },
        );
        const numbers = numbersIn(messageText(prompt.request.messages.at(-1)));
        expect(numbers).toEqual(Array.from(numbers, (_, index) => numbers.length - index));
        expect(numbers.every((number) => prompt.kept.has(`block ${number}`))).toBe(true);
        expect(prompt.kept.has(`block ${numbers.length + 1}`)).toBe(false);
      }),
    );
  });

  test('begins with the same text whatever is asked', () => {
    const first = renderPrompt(
      'chat.answer',
      { question: 'a', blocks: [], history: [] },
      { variant: 1, budgetTokens: 4_000, maxOutputTokens: 1 },
    );
    fc.assert(
      fc.property(input, (each) => {
        const { request } = renderPrompt('chat.answer', each, {
          variant: 1,
          budgetTokens: 1e9,
          maxOutputTokens: 1,
        });
        expect(request.messages[0]).toEqual(first.request.messages[0]);
      }),
    );
  });

  test('cuts an endless question, and says when not even the rules fit', () => {
    const question = 'why '.repeat(5_000);
    const { request } = renderPrompt(
      'chat.answer',
      { question, blocks: [], history: [] },
      { variant: 1, budgetTokens: 900, maxOutputTokens: 1 },
    );
    expect(messageText(request.messages.at(-1))).toMatch(/^No part.*\n\nQuestion: why why .* \[…\]$/s);
    expect(() =>
      renderPrompt(
        'chat.answer',
        { question, blocks: [], history: [] },
        { variant: 1, budgetTokens: 50, maxOutputTokens: 1 },
      ),
    ).toThrow(PromptTooLongError);
  });
});

describe('variants', () => {
  const template: PromptTemplate<string> = {
    id: 'test',
    default: 2,
    variants: [1, 2].map((version) => ({
      version,
      build: (input) => [
        { role: 'user', pieces: [{ name: 'a', text: `${version} ${input}`, priority: 'required' }] },
      ],
    })),
  };

  test('the one that was chosen is rendered and named', () => {
    const options = { budgetTokens: 100, maxOutputTokens: 1 };
    for (const variant of [1, 2]) {
      expect(renderTemplate(template, 'x', { ...options, variant })).toMatchObject({
        version: { id: 'test', variant },
        request: { messages: [textMessage('user', `${variant} x`)] },
      });
    }
  });

  test('one that does not exist is an error', () => {
    const options = { budgetTokens: 4_000, maxOutputTokens: 1, variant: 9 };
    expect(() => renderPrompt('model.probe', null, options)).toThrow(
      'The prompt model.probe has no variant 9.',
    );
  });
});
