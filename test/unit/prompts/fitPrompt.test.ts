import { describe, expect, test } from 'vitest';
import { messageText } from '../../support/messageText.ts';
import { fitPrompt } from '../../../src/core/prompts/fitPrompt.ts';
import type { PromptPiece } from '../../../src/core/prompts/promptTemplate.ts';

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '').length;
const piece = (name: string, size: number, priority: PromptPiece['priority']): PromptPiece => ({
  name,
  text: Array(size).fill(name).join(' '),
  priority,
});
const fit = (pieces: readonly PromptPiece[], budget: number) =>
  fitPrompt([{ role: 'user', pieces }], budget + 4, words);

describe('a prompt that is too long', () => {
  test('loses the least important pieces, the last of equals first', () => {
    const pieces = [piece('a', 10, 2), piece('b', 10, 1), piece('c', 10, 1), piece('d', 10, 'required')];
    expect([...fit(pieces, 40).kept]).toEqual(['a', 'b', 'c', 'd']);
    expect([...fit(pieces, 39).kept]).toEqual(['a', 'b', 'd']);
    expect([...fit(pieces, 20).kept]).toEqual(['a', 'd']);
    expect([...fit(pieces, 10).kept]).toEqual(['d']);
  });

  test('trims a piece rather than leaving it out, unless hardly anything would be left', () => {
    const trim = (max: number) => Array(max).fill('b').join(' ');
    const pieces = [piece('a', 10, 'required'), { ...piece('b', 60, 1), trim }];
    expect(fit(pieces, 50)).toMatchObject({ tokens: 54 });
    expect(messageText(fit(pieces, 50).messages[0])).toMatch(/^a.*\n\nb( b){39}$/);
    expect([...fit(pieces, 20).kept]).toEqual(['a']);
  });

  test('trims what is required last, and never leaves it out', () => {
    const trim = (max: number) => Array(max).fill('b').join(' ');
    const pieces = [piece('a', 10, 1), { ...piece('b', 60, 'required' as const), trim }];
    expect(messageText(fit(pieces, 40).messages[0])).toBe(trim(40));
    expect(() => fit(pieces, 5)).toThrow('The prompt needs 64 tokens and the model may be sent 9.');
  });

  test('keeps or drops pieces of one name together, and sends no empty message', () => {
    const draft = [
      { role: 'user' as const, pieces: [piece('old', 5, 1)] },
      { role: 'assistant' as const, pieces: [piece('old', 50, 1)] },
      { role: 'user' as const, pieces: [piece('now', 5, 'required')] },
    ];
    expect(fitPrompt(draft, 72, words).messages).toHaveLength(3);
    expect(fitPrompt(draft, 71, words).messages.map(messageText)).toEqual(['now now now now now']);
  });
});
