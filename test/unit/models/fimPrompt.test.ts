import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fimMarksOf } from '../../../src/adapters/openai/fimMarks.ts';
import { fimPrompt } from '../../../src/adapters/openai/fimPrompt.ts';

const request = {
  path: 'src/a.ts',
  prefix: 'let a = ',
  suffix: ';',
  context: [
    { path: 'src/b.ts', text: 'B' },
    { path: 'src/c.ts', text: 'C' },
  ],
  maxOutputTokens: 10,
};

const promptOf = (model: string, changes: Partial<typeof request> = {}) => {
  const marks = fimMarksOf(model);
  return marks && fimPrompt({ ...request, ...changes }, marks);
};

describe('the prompt to fill in the middle', () => {
  test.each([
    ['Qwen/Qwen2.5-Coder-7B', '<|fim_prefix|>let a = <|fim_suffix|>;<|fim_middle|>'],
    ['qwen3-coder:30b', '<|fim_prefix|>let a = <|fim_suffix|>;<|fim_middle|>'],
    ['starcoder2:3b', '<fim_prefix>let a = <fim_suffix>;<fim_middle>'],
    ['granite-8b-code-base', '<fim_prefix>let a = <fim_suffix>;<fim_middle>'],
    ['stable-code-3b', '<fim_prefix>let a = <fim_suffix>;<fim_middle>'],
    ['deepseek-coder-v2:16b', '<｜fim▁begin｜>let a = <｜fim▁hole｜>;<｜fim▁end｜>'],
    ['codellama:7b-code', '<PRE> let a =  <SUF>; <MID>'],
    ['codegemma:2b', '<|fim_prefix|>let a = <|fim_suffix|>;<|fim_middle|>'],
    ['codestral:22b', '[SUFFIX];[PREFIX]let a = '],
    ['seed-coder-8b', '<[fim-prefix]>let a = <[fim-suffix]>;<[fim-middle]>'],
  ])('of %s', (model, prompt) => {
    expect(promptOf(model, { context: [] })).toBe(prompt);
  });

  test('names other files for models that know them', () => {
    expect(promptOf('starcoder2')).toBe(
      '<file_sep>src/b.ts\nB\n<file_sep>src/c.ts\nC\n<file_sep>src/a.ts\n<fim_prefix>let a = <fim_suffix>;<fim_middle>',
    );
    expect(promptOf('starcoder')).toBe('<fim_prefix>let a = <fim_suffix>;<fim_middle>');
  });

  test.each(['gpt-5', 'claude-opus-5-5', 'llama-4', 'qwen3:8b', 'gemma-3'])(
    'is not guessed for %s',
    (model) => {
      expect(fimMarksOf(model)).toBeUndefined();
    },
  );

  test('is not ended by marks in the code, however they are nested', () => {
    const marks = fimMarksOf('qwen-coder')!;
    const piece = fc.constantFrom(
      '<|fim_',
      '<|fim_middle|>',
      'middle|>',
      'prefix|>',
      'x',
      '<|fim_prefix|>',
      '<|file_sep|>',
    );
    fc.assert(
      fc.property(fc.array(piece), fc.array(piece), (prefix, suffix) => {
        const prompt = fimPrompt(
          { ...request, context: [], prefix: prefix.join(''), suffix: suffix.join('') },
          marks,
        );
        expect(prompt.split('<|fim_prefix|>')).toHaveLength(2);
        expect(prompt.split('<|fim_middle|>')).toHaveLength(2);
        expect(prompt).not.toContain('<|file_sep|>');
      }),
    );
  });
});
