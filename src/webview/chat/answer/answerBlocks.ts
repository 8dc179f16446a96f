import { Lexer, type Token, type Tokens } from 'marked';

/** A piece of an answer that is drawn on its own. `code` is without its fences and ends with a line feed unless empty. */
export type AnswerBlock =
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly code: string };

interface OpenFence {
  readonly closing: RegExp;
  /** Spaces before the opening fence: as many are removed from each line. */
  readonly indent: RegExp;
  readonly language: string;
  code: string;
}

/** More than so many quotes and lists in each other are drawn as text: each costs the renderer as much as all it holds. */
const MAX_DEPTH = 12;
const DEEP = new RegExp(`^(?:[ \\t]*(?:>|(?:[-*+]|\\d{1,9}[.)])(?=[ \\t]))){${MAX_DEPTH + 1}}`, 'm');

/** Whether Markdown begins a line with more quotes and lists in each other than are drawn. */
export function isDeep(markdown: string): boolean {
  return DEEP.test(markdown);
}

/** What is still open is looked at again whenever a line comes in, so a longer block is cut. */
const MAX_OPEN = 10_000;

/** A list is cut after this many items, so that a very long one is not parsed again for each new item. */
const ITEMS_PER_BLOCK = 40;

const FENCE = /^( {0,3})(`{3,}(?!`)|~{3,}(?!~))([^\n]*)\n/;
/** A last line that may yet become a closing fence. */
const MAYBE_FENCE = /^ {0,3}(?:`+|~+) *$/;

/**
 * Cuts Markdown into blocks while it arrives. A block that is followed by a complete line of another one can no
 * longer change and is never parsed again, so the cost of an append does not grow with the answer. Blocks are parsed
 * alone: a link whose target is defined in another block stays text.
 */
export class AnswerBlocks {
  readonly #finished: AnswerBlock[] = [];
  #fence: OpenFence | undefined;
  /** What has arrived since the last finished block; inside a fence, since the last complete line. */
  #rest = '';

  /** Blocks that will not change any more; grows at its end. */
  get finished(): readonly AnswerBlock[] {
    return this.#finished;
  }

  /** What is still being written, drawn as well as can be. */
  get open(): AnswerBlock | undefined {
    if (this.#fence) {
      const { language, code, indent } = this.#fence;
      const line = MAYBE_FENCE.test(this.#rest) ? '' : this.#rest.replace(indent, '');
      return { kind: 'code', language, code: code + line };
    }
    return this.#rest.trim() === '' ? undefined : { kind: 'markdown', text: this.#rest };
  }

  append(text: string): void {
    for (let at = 0; at < text.length; at += MAX_OPEN) this.#appendPiece(text.slice(at, at + MAX_OPEN));
  }

  #appendPiece(text: string): void {
    this.#rest += text.replaceAll('\r', '');
    if (text.includes('\n')) while (this.#fence ? this.#takeCode(this.#fence) : this.#takeBlocks());
    while (!this.#fence && this.#rest.length > MAX_OPEN) this.#cutOpen();
  }

  #cutOpen(): void {
    const lineEnd = this.#rest.lastIndexOf('\n', MAX_OPEN - 1) + 1;
    const length = lineEnd === 0 ? MAX_OPEN : lineEnd;
    this.#push([this.#rest.slice(0, length)]);
    this.#rest = this.#rest.slice(length);
  }

  /** Call when nothing more will come. */
  finish(): void {
    // A closing fence may lack nothing but the end of its line.
    if (this.#rest !== '') this.append('\n');
    if (this.#fence) this.#closeFence(this.#fence);
    this.#push(parse(this.#rest).flatMap(piecesOf));
    this.#rest = '';
  }

  /** Moves complete lines into the open fence; true when it was closed, so that something else may follow. */
  #takeCode(fence: OpenFence): boolean {
    let start = 0;
    for (let end = this.#rest.indexOf('\n'); end >= 0; end = this.#rest.indexOf('\n', start)) {
      const line = this.#rest.slice(start, end);
      start = end + 1;
      if (fence.closing.test(line)) {
        this.#rest = this.#rest.slice(start);
        this.#closeFence(fence);
        return true;
      }
      fence.code += `${line.replace(fence.indent, '')}\n`;
    }
    this.#rest = this.#rest.slice(start);
    return false;
  }

  #closeFence({ language, code }: OpenFence): void {
    this.#finished.push({ kind: 'code', language, code });
    this.#fence = undefined;
  }

  /** Finishes blocks that are followed by others; true when a fence was opened. */
  #takeBlocks(): boolean {
    // What a line means is known at its end: `  -` may become an item or the second line of a table.
    const tokens = parse(this.#rest.slice(0, this.#rest.lastIndexOf('\n') + 1));
    const fenceAt = tokens.findIndex(({ type, raw }) => type === 'code' && FENCE.test(raw));
    const openAt = fenceAt >= 0 ? fenceAt : tokens.findLastIndex(({ type }) => type !== 'space');
    if (openAt < 0) return false;
    const closed = tokens.slice(0, openAt).flatMap(piecesOf);
    this.#push(closed);
    this.#rest = this.#rest.slice(lengthOf(closed));
    if (fenceAt >= 0) return this.#openFence();
    const pieces = piecesOf(tokens[openAt]).slice(0, -1);
    this.#push(pieces);
    this.#rest = this.#rest.slice(lengthOf(pieces));
    return false;
  }

  #openFence(): boolean {
    const [opening, indent = '', marker = '', info = ''] = FENCE.exec(this.#rest) ?? [];
    if (opening === undefined) return false;
    this.#rest = this.#rest.slice(opening.length);
    this.#fence = {
      closing: new RegExp(`^ {0,3}${marker.slice(0, 1)}{${marker.length},}[ \\t]*$`),
      indent: new RegExp(`^ {0,${indent.length}}`),
      language: info.trim().split(/\s+/, 1)[0] ?? '',
      code: '',
    };
    return true;
  }

  #push(texts: readonly string[]): void {
    for (const text of texts) {
      if (text.trim() !== '') this.#finished.push({ kind: 'markdown', text });
    }
  }
}

/** Top-level blocks; what is inside them is parsed when they are drawn. */
function parse(markdown: string): readonly Token[] {
  const asText: Token = { type: 'text', raw: markdown, text: markdown };
  if (isDeep(markdown)) return [asText];
  try {
    return new Lexer().blockTokens(markdown, []);
  } catch (error) {
    if (error instanceof RangeError) return [asText];
    throw error;
  }
}

/** The token's source, a long list in several pieces. The last item of a piece is never the one being written. */
function piecesOf(token: Token | undefined): readonly string[] {
  if (token?.type !== 'list') return token ? [token.raw] : [];
  const items = (token as Tokens.List).items.map(({ raw }) => raw);
  const pieces: string[] = [];
  let start = 0;
  while (items.length - start > ITEMS_PER_BLOCK + 1) {
    pieces.push(items.slice(start, start + ITEMS_PER_BLOCK).join(''));
    start += ITEMS_PER_BLOCK;
  }
  return [...pieces, token.raw.slice(lengthOf(pieces))];
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}
