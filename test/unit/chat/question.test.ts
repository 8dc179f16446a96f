import { describe, expect, it } from 'vitest';
import { readQuestion } from '../../../src/core/chat/question.ts';

describe('readQuestion', () => {
  it.each([
    ['Where is parseConfig defined?', 'definition', 'parseConfig'],
    ['find the definition of `load`', 'definition', 'load'],
    ['where does the retry logic live', 'definition', undefined],
    ['who uses Vocabulary?', 'usage', 'Vocabulary'],
    ['Where is max_retries used?', 'usage', 'max_retries'],
    ['list all callers of open()', 'usage', 'open'],
    ['what does the lexer do', 'purpose', 'lexer'],
    ['Explain HttpClient', 'purpose', 'HttpClient'],
    ['How do I add a new language?', 'how', undefined],
    ['sha256 of a file', 'other', 'sha256'],
    ['retry with backoff', 'other', undefined],
  ])('reads %s', (text, kind, subject) => {
    expect(readQuestion(text)).toMatchObject({ kind, subject });
  });

  it.each([
    ['what is in src/core/ports.ts?', 'src/core/ports.ts'],
    ['explain parser.py please', 'parser.py'],
    ['how fast is it. Very', undefined],
    ['is 1.5 enough', undefined],
  ])('finds the file named in: %s', (text, file) => {
    expect(readQuestion(text).file).toBe(file);
  });

  it('knows names that cannot be prose', () => {
    expect(readQuestion('who uses openDoor').isExactName).toBe(true);
    expect(readQuestion('who uses doors').isExactName).toBe(false);
  });
});
