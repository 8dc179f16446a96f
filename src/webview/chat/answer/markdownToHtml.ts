import { Lexer, Marked, Renderer, type MarkedExtension, type RendererObject, type Tokens } from 'marked';
import { codeFrame } from './codeFrame.ts';
import { escapeHtml } from '../../../core/text/escapeHtml.ts';
import { highlight } from './highlight.ts';
import { isDeep } from './answerBlocks.ts';

/** HTML for the citation mark with this number. */
export type RenderCitation = (number: number) => string;

/** Up to three digits in brackets that are not the text or label of a link, and the space in front. */
const CITATION = /^( ?)\[(\d{1,3})\](?![(:])/;

const LINKABLE = /^(?:https?|mailto):/i;
/** What the names of hosts in a text are between. */
const NO_HOST_NAME = /[^\p{L}\p{N}.-]+/u;

export interface Rendered {
  readonly html: string;
  /** What the code blocks hold, in order. */
  readonly code: readonly string[];
}

/**
 * Returns a function from Markdown to HTML. Raw HTML is shown as text, images become links (nothing is ever loaded),
 * and links that the editor cannot open become text. Markdown that would take long to render is shown as the text it is.
 */
export function createMarkdown(renderCitation: RenderCitation): (markdown: string) => Rendered {
  const code: string[] = [];
  const marked = new Marked({ gfm: true, renderer: rendererInto(code) }, citations(renderCitation));
  return (markdown) => {
    code.length = 0;
    if (isCheap(markdown)) {
      try {
        return { html: marked.parse(markdown, { async: false }), code: [...code] };
      } catch (error) {
        // Nested more deeply than the call stack is.
        if (!(error instanceof RangeError)) throw error;
      }
    }
    return { html: `<p class="as-text">${escapeHtml(markdown)}</p>`, code: [] };
  };
}

/** Longer pieces of Markdown, and longer words, are written by programs or against this one. */
const MAX_LENGTH = 10_000;
const MAX_WORD = 1_000;
/** The renderer looks at what follows each mark, so a paragraph costs about its marks times its length. */
const MAX_COST = 1_000_000;
/** Paragraphs, items and cells of tables in one piece. */
const MAX_PARTS = 1_000;

function isCheap(markdown: string): boolean {
  if (markdown.length > MAX_LENGTH || isDeep(markdown) || longestWord(markdown) > MAX_WORD) return false;
  const lexer = new Lexer({ gfm: true });
  lexer.blockTokens(markdown, []);
  const cost = lexer.inlineQueue.reduce((sum, { src }) => sum + src.length * marksIn(src), 0);
  return cost <= MAX_COST && lexer.inlineQueue.length <= MAX_PARTS;
}

function marksIn(text: string): number {
  return text.match(/[[\]()*_`<~!&@:]/g)?.length ?? 0;
}

function longestWord(text: string): number {
  let longest = 0;
  for (const { length } of text.split(/\s/)) longest = Math.max(longest, length);
  return longest;
}

const rendererInto = (codes: string[]): RendererObject => ({
  html: ({ text }) => escapeHtml(text),
  code: ({ text, lang = '', codeBlockStyle }) => {
    const language = lang.trim().split(/\s+/, 1)[0] ?? '';
    const code = `${text}\n`;
    codes.push(code);
    return codeFrame(language, highlight(code, language), codeBlockStyle !== 'indented');
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
  link({ href, text, tokens }) {
    return linkTo(href, text, this.parser.parseInline(tokens));
  },
  image: ({ href, text }) => linkTo(href, text, escapeHtml(text === '' ? href : text)),
});

/**
 * A link that says where it leads: hosts in the letters that the network knows, and beside a text that names another one.
 * What the editor cannot open, and what hides its host behind a name and an `@`, stays text.
 */
function linkTo(href: string, text: string, html: string): string {
  const target = LINKABLE.test(href) ? URL.parse(href) : null;
  if (target === null || target.username !== '' || target.password !== '') return html;
  const { host, href: address } = target;
  const isPlain =
    !host.includes('xn--') && hostNamesIn(text).every((name) => host.endsWith(name.toLowerCase()));
  const shown = isPlain || host === '' ? '' : ` (${escapeHtml(host)})`;
  return `<a href="${escapeHtml(address)}" title="${escapeHtml(address)}">${html}</a>${shown}`;
}

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

/** What a reader takes for the names of hosts: words with dots in between. */
function hostNamesIn(text: string): readonly string[] {
  return text.split(NO_HOST_NAME).flatMap((word) => {
    const labels = word.split('.').filter((label) => label !== '');
    return labels.length > 1 ? [labels.join('.')] : [];
  });
}
