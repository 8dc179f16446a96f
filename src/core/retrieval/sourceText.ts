import type { SegmentFile } from '../indexing/segment.ts';
import { lex, LINE_BREAK, wordOf } from '../text/lexer.ts';
import { Vocabulary } from '../text/vocabulary.ts';
import { isProse, outlineOf, type Definition } from './outline.ts';
import { subTokens } from '../text/subTokens.ts';
import { roleOf } from './wordRole.ts';
import { splitLines } from '../text/lines.ts';

/** A definition by lines. Lines are 0-based indexes into `SourceText.lines`, ends are inclusive. */
export interface DefinedRange {
  readonly name: string;
  readonly line: number;
  /** First line of the comment above it, or `line`. */
  readonly textStart: number;
  /** Last line of its body as indentation shows it; of a heading's section. */
  readonly end: number;
}

/** The lines of a live text with what they define and which terms they contain, read on demand. */
export class SourceText {
  readonly path: string;
  readonly lines: readonly string[];
  readonly #tokens: Uint32Array;
  readonly #words = new Vocabulary();
  readonly #breaks: readonly number[];
  readonly #terms = new Map<number, ReadonlySet<string>>();
  #definitions: readonly DefinedRange[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.lines = splitLines(text);
    this.#tokens = Uint32Array.from(lex(text, this.#words));
    const breaks: number[] = [];
    for (const [at, token] of this.#tokens.entries()) if (wordOf(token) === LINE_BREAK) breaks.push(at);
    this.#breaks = breaks;
  }

  get definitions(): readonly DefinedRange[] {
    return (this.#definitions ??= this.#findDefinitions());
  }

  /** The words of a line as written, punctuation included. */
  words(line: number): readonly string[] {
    const start = (this.#breaks[line] ?? this.#tokens.length) + 1;
    const end = this.#breaks[line + 1] ?? this.#tokens.length;
    return Array.from(this.#tokens.subarray(start, end), (token) => this.#words.textOf(wordOf(token)));
  }

  /** The search terms of a line. */
  terms(line: number): ReadonlySet<string> {
    let terms = this.#terms.get(line);
    if (terms === undefined) {
      terms = new Set(this.words(line).flatMap(subTokens));
      this.#terms.set(line, terms);
    }
    return terms;
  }

  #findDefinitions(): readonly DefinedRange[] {
    const roles = Uint8Array.from(['\n', ...this.#words.texts()], roleOf);
    const file: SegmentFile = { path: this.path, tokenStart: 0, tokenEnd: this.#tokens.length, chunks: [] };
    const lineOf = new Map(this.#breaks.map((token, line) => [token, line]));
    const { definitions } = outlineOf(this.#tokens, roles, file);
    return definitions.map((definition, at) => {
      const line = lineOf.get(definition.line) ?? 0;
      const nextLine = lineOf.get(definitions[at + 1]?.line ?? -1) ?? this.lines.length;
      const end = isProse(this.path) ? nextLine - 1 : bodyEnd(this.lines, line);
      return this.#toRange(definition, line, end, lineOf);
    });
  }

  #toRange(
    definition: Definition,
    line: number,
    end: number,
    lineOf: ReadonlyMap<number, number>,
  ): DefinedRange {
    return {
      name: Array.from(this.#tokens.subarray(definition.nameStart, definition.nameEnd), (token) =>
        this.#words.textOf(wordOf(token)),
      ).join(isProse(this.path) ? ' ' : ''),
      line,
      textStart: lineOf.get(definition.textStart) ?? line,
      end,
    };
  }
}

const CLOSES_BODY = /^\s*(?:[}\]]|end\b)/;
const CONTINUES_HEAD = /^\s*[){:]/;

/** The last line before the indentation returns to that of `line`, with the line that closes the body. */
function bodyEnd(lines: readonly string[], line: number): number {
  const depth = indent(lines[line] ?? '');
  let end = line;
  for (let at = line + 1; at < lines.length; at++) {
    const text = lines[at] ?? '';
    if (text.trim() === '') continue;
    if (indent(text) <= depth && !CONTINUES_HEAD.test(text)) return CLOSES_BODY.test(text) ? at : end;
    end = at;
  }
  return end;
}

function indent(text: string): number {
  return text.length - text.trimStart().length;
}
