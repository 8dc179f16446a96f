import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Split, ThoughtSplitter } from '../../../src/adapters/http/thoughtSplitter.ts';

/** What is left as text and what as thoughts, once all retractions are made. */
function split(pieces: readonly string[], beginsThinking = false): { text: string; reasoning: string } {
  const splitter = new ThoughtSplitter(beginsThinking);
  const all: Split[] = [...pieces.flatMap((piece) => [...splitter.push(piece)]), ...splitter.end()];
  let [text, reasoning] = ['', ''];
  for (const each of all) {
    if (each.kind === 'retract') [text, reasoning] = ['', reasoning + text];
    else if (each.kind === 'reasoning') reasoning += each.text;
    else text += each.text;
  }
  return { text, reasoning };
}

const THOUGHT = 'Perhaps [9]?';
const HARMONY =
  '<|channel|>analysis<|message|>Perhaps [9]?<|end|><|start|>assistant<|channel|>final<|message|>Green tea.';

const THOUGHTS: readonly (readonly [name: string, written: string])[] = [
  ['<think>', '<think>Perhaps [9]?</think>Green tea.'],
  ['<think> and blank lines', '<think>Perhaps [9]?</think>\n\nGreen tea.'],
  ['blanks before <think>', '\n <think>Perhaps [9]?</think>\nGreen tea.'],
  ['<thinking>', '<thinking>Perhaps [9]?</thinking>\nGreen tea.'],
  ['[THINK]', '[THINK]Perhaps [9]?[/THINK]Green tea.'],
  ['◁think▷', '◁think▷Perhaps [9]?◁/think▷Green tea.'],
  ['a tag in capitals', '<THINK>Perhaps [9]?</THINK>Green tea.'],
  ['a tag with a capital', '<Think>Perhaps [9]?</Think>\nGreen tea.'],
  ['a tag in capitals that ends in small letters', '<Thinking>Perhaps [9]?</thinking>Green tea.'],
  ['a tag of two names in capitals', '<SEED:Think>Perhaps [9]?</seed:THINK>Green tea.'],
  ['the end alone in capitals', 'Perhaps [9]?</THINK>\nGreen tea.'],
  ['<seed:think>', '<seed:think>Perhaps [9]?</seed:think>Green tea.'],
  ['<|START_THINKING|>', '<|START_THINKING|>Perhaps [9]?<|END_THINKING|>Green tea.'],
  ['Harmony', HARMONY],
  ['Harmony with its last mark', `${HARMONY}<|return|>`],
  ['Harmony with its first mark', `<|start|>assistant${HARMONY}`],
  ['the end alone', 'Perhaps [9]?</think>\n\nGreen tea.'],
  ['the end alone, without a break', 'Perhaps [9]?</think>Green tea.'],
  ['another end alone', 'Perhaps [9]?[/THINK]Green tea.'],
  ['two thoughts', '<think>Perhaps </think>\n<think>[9]?</think>Green tea.'],
];

describe('thoughts are not text', () => {
  test.each(THOUGHTS)('%s', (_, written) => {
    expect(split([written])).toEqual({ text: 'Green tea.', reasoning: THOUGHT });
  });

  test.each(THOUGHTS)('%s, in pieces of one character', (_, written) => {
    expect(split(Array.from(written))).toEqual({ text: 'Green tea.', reasoning: THOUGHT });
  });

  test.each([
    ['an empty pair', '<think></think>Green tea.', 'Green tea.', ''],
    ['an empty pair of blanks', '<think>\n\n</think>\n\nGreen tea.', 'Green tea.', '\n\n'],
    ['an end at the beginning', '</think>\nGreen tea.', 'Green tea.', ''],
    ['thoughts without an end', '<think>Perhaps', '', 'Perhaps'],
    ['thoughts between lines', 'Tea.\n<think>Hm.</think>Green.', 'Tea.\nGreen.', 'Hm.'],
    ['code within thoughts', '<think>```\nx\n```</think>Tea.', 'Tea.', '```\nx\n```'],
  ])('%s', (_, written, text, reasoning) => {
    expect(split([written])).toEqual({ text, reasoning });
    expect(split(Array.from(written))).toEqual({ text, reasoning });
  });

  test.each([
    ['a code block', 'Write:\n```html\n<think>x</think>\n```\nSo.'],
    ['a code block that nothing ends', 'Write:\n~~~\n<think>x</think>\n'],
    ['a code span', 'The tag `<think>` begins and `</think>` ends it.'],
    ['a code span of two marks', 'Cut at `x</think>y` always.'],
    ['a sentence', 'Between <think> and text.'],
    ['a tag in capitals that nothing ends', 'Tags:\n<THINK> opens.'],
    ['other tags in capitals', '<THINKER>a</THINKER> <B>[think]</B>'],
    ['a token in small letters', '[think]Maybe.[/think]'],
    ['quotes', 'The end is "</think>" here.'],
    ['a line that nothing ends', 'Tags:\n<think> opens.'],
    ['other markup', '<thinker>a</thinker> <b>[THIN]</b> ◁ <|x|>'],
    ['blanks', '  \n Green tea. \n'],
  ])('but text is text: %s', (_, written) => {
    expect(split([written])).toEqual({ text: written, reasoning: '' });
    expect(split(Array.from(written))).toEqual({ text: written, reasoning: '' });
  });

  test('what is known to begin with thoughts is held back until their end, and nothing is lost without one', () => {
    const splitter = new ThoughtSplitter(true);
    expect(splitter.push('Perhaps')).toEqual([]);
    expect(splitter.push(' [9]?</think>Green')).toEqual([
      { kind: 'reasoning', text: 'Perhaps [9]?' },
      { kind: 'text', text: 'Green' },
    ]);
    expect(split(['Green', ' tea.'], true)).toEqual({ text: 'Green tea.', reasoning: '' });
  });

  test('text is told as soon as it can be no mark', () => {
    const splitter = new ThoughtSplitter();
    expect(splitter.push('Green')).toEqual([{ kind: 'text', text: 'Green' }]);
    expect(splitter.push(' tea <')).toEqual([{ kind: 'text', text: ' tea ' }]);
    expect(splitter.push('b>')).toEqual([{ kind: 'text', text: '<b>' }]);
  });

  test('however a text is cut, the result is the same', () => {
    const word = fc.constantFrom(
      ...[
        '<think>',
        '</think>',
        '[THINK]',
        '[/THINK]',
        '`',
        '```',
        '\n',
        '\n```\n',
        ' ',
        'tea',
        '"',
        '<|end|>',
      ],
      ...['<|channel|>analysis<|message|>', '<|channel|>final<|message|>', '<thi', '◁think▷', '◁/think▷'],
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 12 }),
        fc.array(fc.nat(40), { maxLength: 6 }),
        (words, cuts) => {
          const text = words.join('');
          const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].sort(
            (a, b) => a - b,
          );
          const pieces = places.slice(1).map((end, at) => text.slice(places[at], end));
          expect(split(pieces)).toEqual(split([text]));
        },
      ),
      { numRuns: 2_000, seed: 20261130 },
    );
  });
});
