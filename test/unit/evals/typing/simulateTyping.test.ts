import { describe, expect, test } from 'vitest';
import type { CompletionRequest } from '../../../../src/core/ports/completionSource.ts';
import { keyOffsets, requestAt, simulateTyping } from '../../../../src/evals/typing/simulateTyping.ts';
import type { TypingTask } from '../../../../src/evals/typing/typingTask.ts';

const task: TypingTask = {
  id: 'typing:inside:a.ts#2',
  kind: 'inside',
  language: 'TypeScript',
  folder: '.',
  path: 'a.ts',
  line: 2,
  before: 'first();\n  ',
  target: 'open(visitor);',
  after: '\nlast();\n',
};

/** Suggests a text at offsets of the target, as a table says. */
const table = (texts: Readonly<Record<number, string>>) => {
  return ({ offset }: CompletionRequest) => {
    const text = texts[offset - task.before.length];
    return text === undefined ? undefined : { startOffset: offset, endOffset: offset, text };
  };
};

describe('simulated typing', () => {
  test('costs a key a character where nothing is suggested', () => {
    expect(simulateTyping(task, table({}))).toEqual({
      characters: 14,
      keys: 14,
      taken: 0,
      wrongKeys: 0,
      shown: 0,
      wrong: 0,
    });
  });

  test('takes what is exactly next, for one key, and goes on behind it', () => {
    const outcome = simulateTyping(task, table({ 2: 'en(visitor', 5: 'guest' }));
    expect(outcome).toMatchObject({ keys: 2 + 1 + 2, taken: 1, wrongKeys: 0 });
    // The place inside of what was taken counts where all places are looked at.
    expect(outcome).toMatchObject({ shown: 2, wrong: 1 });
  });

  test('types on past what is wrong, longer than the text, or too short to look at', () => {
    expect(simulateTyping(task, table({ 0: 'shut(', 1: 'pen(visitor);\nmore();', 5: 'vi' }))).toMatchObject({
      keys: 14,
      taken: 0,
      wrongKeys: 2,
      shown: 2,
    });
  });

  test('shows the model what is there so far, the text below included', () => {
    expect(requestAt(task, 5)).toEqual({ path: 'a.ts', text: 'first();\n  open(\nlast();\n', offset: 16 });
  });

  test('gets indentation with the line break', () => {
    expect(keyOffsets('a {\n    b\n}')).toEqual([0, 1, 2, 3, 8, 9, 10]);
    expect(keyOffsets('a\r\n\tb')).toEqual([0, 1, 4]);
  });
});
