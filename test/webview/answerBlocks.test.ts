import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerBlocks, type AnswerBlock } from '../../src/webview/chat/answer/answerBlocks.ts';

function cut(...parts: string[]): AnswerBlocks {
  const blocks = new AnswerBlocks();
  for (const part of parts) blocks.append(part);
  return blocks;
}

function whole(...parts: string[]): readonly AnswerBlock[] {
  const blocks = cut(...parts);
  blocks.finish();
  return blocks.finished;
}

const markdown = (text: string): AnswerBlock => ({ kind: 'markdown', text });
const code = (language: string, text: string): AnswerBlock => ({ kind: 'code', language, code: text });
const list = (count: number, start = 0) =>
  Array.from({ length: count }, (_, index) => `- item ${start + index}\n`).join('');

describe('AnswerBlocks', () => {
  it('keeps a block open until a complete line of the next one is there', () => {
    const blocks = cut('# Title\n\nA para');
    expect(blocks.finished).toEqual([]);
    expect(blocks.open).toEqual(markdown('# Title\n\nA para'));
    blocks.append('graph.\n');
    expect(blocks.finished).toEqual([markdown('# Title')]);
    expect(blocks.open).toEqual(markdown('A paragraph.\n'));
  });

  it('does not split a list at an item that has just begun', () => {
    expect(whole('- a\n\n', '-', ' b\n')).toEqual([markdown('- a\n\n- b')]);
  });

  it('opens code with its fence and follows it line by line', () => {
    const blocks = cut('See:\n```ts src/a.ts\nconst a', ' = 1;\nle');
    expect(blocks.finished).toEqual([markdown('See:\n')]);
    expect(blocks.open).toEqual(code('ts', 'const a = 1;\nle'));
    blocks.append('t b;\n``');
    expect(blocks.open).toEqual(code('ts', 'const a = 1;\nlet b;\n'));
    blocks.append('`\nDone');
    expect(blocks.finished.at(-1)).toEqual(code('ts', 'const a = 1;\nlet b;\n'));
    expect(blocks.open).toEqual(markdown('Done'));
  });

  it.each([
    ['a longer fence around a shorter one', '````\n```\n````\n', '```\n'],
    ['another kind of fence inside', '~~~\n```\n~~~\n', '```\n'],
    ['an indented fence', '  ```\n    a\n  b\n c\n  ```\n', '  a\nb\nc\n'],
    ['a fence that is never closed', '```\na\nb', 'a\nb\n'],
    ['a closing fence without the end of its line', '```\na\n```', 'a\n'],
    ['nothing inside', '```\n```\n', ''],
    ['Windows line ends', '```\r\na\r\n```\r\n', 'a\n'],
  ])('%s', (_, text, expected) => {
    expect(whole(text)).toEqual([code('', expected)]);
  });

  it('leaves a fence inside a list to the list', () => {
    const text = '- a\n  ```\n  b\n  ```\n- c';
    expect(whole(text)).toEqual([markdown(`${text}\n`)]);
  });

  it('cuts a long list while it is being written', () => {
    const blocks = cut(list(100));
    expect(blocks.finished).toEqual([markdown(list(40)), markdown(list(40, 40))]);
    expect(blocks.open).toEqual(markdown(list(20, 80)));
  });

  it('has nothing to show for white space', () => {
    expect(cut(' \n\n').open).toBeUndefined();
    expect(whole(' \n\n')).toEqual([]);
  });

  const fragment = fc.constantFrom(
    'Some text.\n',
    'More text',
    '\n',
    '\n\n',
    '# Title\n',
    '- item\n',
    '  - nested\n',
    '1. one\n',
    '> quote\n',
    '| a | b |\n|---|---|\n| 1 | 2 |\n',
    '---\n',
    '    indented\n',
    '```ts\n',
    '```\n',
    '~~~~\n',
    '``',
    '<div>\n',
    '[x]: http://x.test\n',
    list(50),
    '*',
    ' ',
    '\t',
    '\r\n',
  );
  const documents = fc.array(fragment, { maxLength: 25 }).map((fragments) => fragments.join(''));

  it('loses no text outside fences', () => {
    const withoutFences = documents.map((text) => text.replaceAll(/[`~\r]/g, ''));
    fc.assert(
      fc.property(withoutFences, (text) => {
        const kept = whole(text).map((block) => (block.kind === 'markdown' ? block.text : block.code));
        expect(kept.join('').replaceAll(/\s+/g, '')).toBe(text.replaceAll(/\s+/g, ''));
      }),
    );
  });

  it('never changes a finished block, however the text arrives', () => {
    fc.assert(
      fc.property(documents, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (text, sizes) => {
        const blocks = new AnswerBlocks();
        let seen: readonly AnswerBlock[] = [];
        for (let start = 0; start < text.length;) {
          const size = sizes.next().value as number;
          blocks.append(text.slice(start, start + size));
          expect(blocks.finished.slice(0, seen.length)).toEqual(seen);
          seen = [...blocks.finished];
          start += size;
        }
        blocks.finish();
        const shape = (all: readonly AnswerBlock[]) =>
          all.map((block) => (block.kind === 'code' ? block : block.text.trim()));
        expect(shape(blocks.finished)).toEqual(shape(whole(text)));
      }),
    );
  });
});
