import fc from 'fast-check';
import { Lexer } from 'marked';
import { expect, it } from 'vitest';
import { codeBlocks } from '../../../src/core/text/codeBlocks.ts';
import { AnswerBlocks } from '../../../src/webview/chat/answer/answerBlocks.ts';

interface Node {
  readonly type: string;
  readonly text?: string;
  readonly codeBlockStyle?: string;
  readonly tokens?: readonly Node[];
  readonly items?: readonly Node[];
}

/** The fenced code that the view draws with a button to insert it. */
function drawn(markdown: string): readonly string[] {
  const blocks = new AnswerBlocks();
  blocks.append(markdown);
  blocks.finish();
  return blocks.finished.flatMap((block) => {
    if (block.kind === 'code') return [block.code];
    return nested(new Lexer({ gfm: true }).blockTokens(block.text, []));
  });
}

function nested(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.type === 'code') return node.codeBlockStyle === 'indented' ? [] : [`${node.text ?? ''}\n`];
    return nested([...(node.tokens ?? []), ...(node.items ?? [])]);
  });
}

it.each([
  ['a block', 'x\n```ts\na\n  b\n```\ny'],
  ['two blocks', '```\na\n```\n\n~~~\nb\n~~~\n'],
  ['an open one', 'x\n```ts\na\nb'],
  ['an open one whose line has ended', 'x\n```ts\na\nb\n'],
  ['a fence in a fence', '````md\n```\na\n```\n````'],
  ['in a list', '1. x\n\n   ```ts\n   a\n     b\n\n   c\n   ```\n\n2. y\n\n   ```\n   d\n   ```\n'],
  ['in a list of dashes', '- x\n  ```\n  a\n  ```\n- y'],
  ['in a quote', '> x\n>\n> ```\n> a\n> ```\n'],
  ['behind inline code', '```a``` is inline\n\n```\nb\n```'],
  ['with returns', '```\r\na\r\n```\r\n'],
  ['indented', '  ```\n  a\n   b\n  ```'],
])('what can be inserted is what is drawn: %s', (_, markdown) => {
  expect(codeBlocks(markdown)).toEqual(drawn(markdown));
});

it('of answers whose code stands at the margin, everything drawn can be inserted', () => {
  const line = fc.constantFrom(
    '',
    'text',
    '```',
    '```ts',
    '````',
    '~~~',
    '`a`',
    '  ```',
    'a [1]',
    '  b',
    '# h',
    '---',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const markdown = lines.join('\n');
      const known = new Set(codeBlocks(markdown));
      expect(drawn(markdown).filter((code) => code !== '' && !known.has(code))).toEqual([]);
    }),
  );
});

it('attack: takes time in proportion to the text', () => {
  for (const text of ['```\n', '> ', '- ', '`', '~~~a\n', '1. ```\n', ' ', '>```\n', '\t- ```x\n']) {
    expect(codeBlocks(text.repeat(100_000)).length).toBeLessThanOrEqual(100_000);
  }
});
