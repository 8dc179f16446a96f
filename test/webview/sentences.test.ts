import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sentences } from '../../src/webview/chat/sentences.ts';

function read(...parts: string[]): readonly string[] {
  const sentences = new Sentences();
  return [...parts.flatMap((part) => sentences.push(part)), ...sentences.finish()];
}

describe('Sentences', () => {
  it('gives out a sentence once the next one begins', () => {
    const sentences = new Sentences();
    expect(sentences.push('It is gold. ')).toEqual([]);
    expect(sentences.push('Or')).toEqual(['It is gold.']);
    expect(sentences.push(' brass?\n')).toEqual(['Or brass?']);
    expect(sentences.finish()).toEqual([]);
  });

  it('leaves out marks of Markdown and citations', () => {
    expect(read('## The **end** of `a` [1][2]\n- [site](https://x.test) here\n')).toEqual([
      'The end of a',
      'site here',
    ]);
  });

  it('names code instead of reading it', () => {
    expect(read('Look:\n```ts\nconst a = 1. B\n', 'x\n```\nDone')).toEqual(['Look:', 'Code block.', 'Done']);
  });

  it('reads the same words however the text arrives', () => {
    const text = 'One. Two [1] is here! Three?\n\n- four `x.y`\n```\ncode. Code\n```\nFive. Six';
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (offsets) => {
        const cuts = [0, ...offsets.sort((a, b) => a - b), text.length];
        const parts = cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
        expect(read(...parts).join(' ')).toBe('One. Two is here! Three? four x.y Code block. Five. Six');
      }),
    );
  });
});
