import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { MARKUP } from '../../support/markup.ts';
import { languageTag } from '../../../src/core/text/languageTag.ts';
import {
  codeFence,
  escapeMarkdown,
  inlineCode,
  inlineCodeInTable,
  unescapeMarkdown,
} from '../../../src/core/text/markdownText.ts';

const nasty = fc.string({
  unit: fc.constantFrom('`', '~', '[', ']', '(', ')', '<', 'b', '>', '*', '_', '\\', '!', ' ', 'a', '&', '#'),
});

describe('escapeMarkdown', () => {
  it('is taken back by unescapeMarkdown', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(unescapeMarkdown(escapeMarkdown(text))).toBe(text.trim());
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
    ['', ''],
    [' a ', '`  a  `'],
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

/** As the editor renders: the view's own renderer is in `test/webview/safety.test.ts`. */
const render = (markdown: string): string => marked.parse(markdown, { async: false, gfm: true });

describe('put into Markdown', () => {
  it.each(MARKUP)('attack: %j is prose', (text) => {
    const html = render(`> ${escapeMarkdown(text)}`);
    expect(tagsOf(html)).toEqual(['blockquote', 'p']);
    expect(html).not.toContain('&lt;b&gt; &copy');
  });

  it.each(MARKUP)('attack: %j is a name in code', (text) => {
    const html = render(`1. In ${inlineCode(text)}, line 3 [1]`);
    expect(tagsOf(html)).toEqual(['ol', 'li', 'code']);
    expect(html).not.toMatch(/[\u202a-\u202e\u2028]/);
  });

  it.each(MARKUP)('attack: %j is code', (text) => {
    const lines = codeFence(text.split('\n'), 'ts').map((line) => (line === '' ? '' : `   ${line}`));
    const html = render(['1. x', '', ...lines, '', 'After'].join('\n'));
    expect(html.match(/<pre/g)).toHaveLength(1);
    expect(html).not.toMatch(/<(?:a|h\d|img|em|strong|blockquote|hr|table)\b/);
    expect(html).toContain('<p>After</p>');
  });

  it.each(MARKUP)('attack: %j is a cell of a table', (text) => {
    const html = render(`| a | b |\n| --- | --- |\n| ${inlineCodeInTable(text)} | c |`);
    expect(html.match(/<td>/g)).toHaveLength(2);
    expect(html).toContain('<td>c</td>');
    expect(html).not.toMatch(/<(?:a|h\d|img|em|strong|blockquote|hr|ul|ol)\b/);
  });
});

function tagsOf(html: string): readonly string[] {
  return [...html.matchAll(/<([a-z]+\d?)/g)].map(([, tag = '']) => tag);
}

it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'x'.repeat(200)])(
  'attack: the file type .%s names no language that is not its own',
  (type) => {
    const [opening] = codeFence(['x'], languageTag(`a.${type}`));
    expect(opening).toMatch(/^```[a-z]{0,20}$/);
  },
);
