import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import {
  codeFence,
  escapeMarkdown,
  inlineCode,
  unescapeMarkdown,
} from '../../../src/core/text/markdownText.ts';

const nasty = fc.string({
  unit: fc.constantFrom('`', '~', '[', ']', '(', ')', '<', 'b', '>', '*', '_', '\\', '!', ' ', 'a', '&', '#'),
});

describe('escapeMarkdown', () => {
  it('is taken back by unescapeMarkdown', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(unescapeMarkdown(escapeMarkdown(text))).toBe(text);
      }),
    );
  });

  it('leaves no markup to render', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(marked.parseInline(escapeMarkdown(text), { async: false })).not.toMatch(/<[a-z/]/);
      }),
    );
  });
});

describe('inlineCode', () => {
  it.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
  ])('wraps %s', (text, code) => {
    expect(inlineCode(text)).toBe(code);
  });
});

describe('codeFence', () => {
  it('renders to one block with exactly the lines', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 5 }), (lines) => {
        fc.pre(lines.every((line) => line.trim() !== ''));
        const [block, ...rest] = marked.lexer(codeFence(lines, 'ts').join('\n'));
        expect(rest).toEqual([]);
        expect(block).toMatchObject({ type: 'code', lang: 'ts', text: lines.join('\n') });
      }),
    );
  });
});
