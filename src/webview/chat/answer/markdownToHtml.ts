import { Marked, Renderer, type MarkedExtension, type RendererObject, type Tokens } from 'marked';
import { codeFrame } from './codeFrame.ts';
import { escapeHtml } from '../../../core/text/escapeHtml.ts';
import { highlight } from './highlight.ts';

/** HTML for the citation mark with this number. */
export type RenderCitation = (number: number) => string;

/** Up to three digits in brackets that are not the text or label of a link, and the space in front. */
const CITATION = /^( ?)\[(\d{1,3})\](?![(:])/;

const LINKABLE = /^(?:https?|mailto):/i;

/**
 * Returns a function from Markdown to HTML. Raw HTML is shown as text, images become links (nothing is ever loaded),
 * and links that the editor cannot open become text.
 */
export function createMarkdown(renderCitation: RenderCitation): (markdown: string) => string {
  const marked = new Marked({ gfm: true, renderer }, citations(renderCitation));
  return (markdown) => marked.parse(markdown, { async: false });
}

const renderer: RendererObject = {
  html: ({ text }) => escapeHtml(text),
  code: ({ text, lang = '' }) => {
    const language = lang.trim().split(/\s+/, 1)[0] ?? '';
    return codeFrame(language, highlight(`${text}\n`, language));
  },
  // A path that needs several lines is broken between its folders, and its lines stay together.
  codespan({ text }) {
    const html = escapeHtml(text).replaceAll('/', '/<wbr>');
    return `<code>${html.replace(/(?<!\d)\d+-\d+$/, '<span class="together">$&</span>')}</code>`;
  },
  table(token) {
    return `<div class="table" tabindex="0">${Renderer.prototype.table.call(this, token)}</div>`;
  },
  // The page has a first-level heading of its own.
  heading({ tokens, depth }) {
    const level = Math.min(depth + 1, 6);
    return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
  },
  link({ href, tokens }) {
    const text = this.parser.parseInline(tokens);
    return LINKABLE.test(href)
      ? `<a href="${escapeHtml(href)}" title="${escapeHtml(href)}">${text}</a>`
      : text;
  },
  image: ({ href, text }) => {
    const label = escapeHtml(text === '' ? href : text);
    return LINKABLE.test(href)
      ? `<a href="${escapeHtml(href)}" title="${escapeHtml(href)}">${label}</a>`
      : label;
  },
};

function citations(renderCitation: RenderCitation): MarkedExtension {
  return {
    extensions: [
      {
        name: 'citation',
        level: 'inline',
        start: (source) => source.search(/ ?\[\d/),
        tokenizer: (source): Tokens.Generic | undefined => {
          const match = CITATION.exec(source);
          return match
            ? { type: 'citation', raw: match[0], isSpaced: match[1] !== '', number: Number(match[2]) }
            : undefined;
        },
        // A mark does not begin a line: it belongs to the word before it.
        renderer(token) {
          const mark = renderCitation(Number(token['number']));
          return token['isSpaced'] === true ? `<span class="together">&nbsp;${mark}</span>` : mark;
        },
      },
    ],
  };
}
