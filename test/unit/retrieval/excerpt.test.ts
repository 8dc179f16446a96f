import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseExcerpt } from '../../../src/core/retrieval/excerpt.ts';
import { SourceText } from '../../../src/core/retrieval/sourceText.ts';

const text = [
  "import { retry } from './retry.ts';", // 1
  '',
  'const unrelated = 1;', // 3
  '',
  '/** Waits between attempts. */', // 5
  'export function backoff(attempt: number): number {', // 6
  '  return 2 ** attempt;',
  '}', // 8
  '',
  'function other() {', // 10
  '  return backoff(3);',
  '}', // 12
].join('\n');
const whole = { startLine: 1, endLine: 12 };
const source = new SourceText('a.ts', text);

describe('chooseExcerpt', () => {
  it('begins at the definition and ends with its body', () => {
    expect(chooseExcerpt(source, whole, 'backoff of attempts', 12)).toMatchObject({
      startLine: 6,
      endLine: 8,
      definition: { name: 'backoff', textStart: 4 },
      coverage: 1,
    });
  });

  it('counts the words of the comment above', () => {
    expect(chooseExcerpt(source, whole, 'waits between attempts', 12)).toMatchObject({ startLine: 6 });
  });

  it('says how much of the query it covers', () => {
    expect(chooseExcerpt(source, whole, 'unrelated kubernetes', 12)?.coverage).toBe(0.5);
    expect(chooseExcerpt(source, whole, 'kubernetes', 12)?.coverage).toBe(0);
  });

  it('does not count imports', () => {
    expect(chooseExcerpt(source, whole, 'retry', 12)?.coverage).toBe(0);
  });

  it('clips a range that reaches past an edited text, and gives nothing beyond it', () => {
    expect(chooseExcerpt(source, { startLine: 10, endLine: 99 }, 'other', 12)).toMatchObject({
      startLine: 10,
      endLine: 12,
    });
    expect(chooseExcerpt(source, { startLine: 13, endLine: 99 }, 'other', 12)).toBeUndefined();
  });

  it('always lies within the text and is no longer than allowed', () => {
    const line = fc.constantFrom(
      'function open() {',
      '  open(1);',
      '}',
      '',
      '// opens',
      'class A {',
      '\tx = open;',
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.nat(30),
        fc.nat(30),
        fc.integer({ min: 1, max: 8 }),
        (lines, a, b, max) => {
          const range = { startLine: Math.min(a, b) + 1, endLine: Math.max(a, b) + 1 };
          const excerpt = chooseExcerpt(new SourceText('a.ts', lines.join('\n')), range, 'open', max);
          if (excerpt === undefined) {
            expect(range.startLine).toBeGreaterThan(Math.max(lines.length, 1));
            return;
          }
          expect(excerpt.startLine).toBeGreaterThanOrEqual(range.startLine);
          expect(excerpt.endLine).toBeGreaterThanOrEqual(excerpt.startLine);
          expect(excerpt.endLine).toBeLessThanOrEqual(Math.max(lines.length, 1));
          expect(excerpt.endLine - excerpt.startLine).toBeLessThan(max);
        },
      ),
    );
  });
});
