import type { Citation, Grounding } from '../shared/citation.ts';
import { commentProse } from '../text/commentText.ts';
import { closesFence, openingFence } from '../text/codeBlocks.ts';
import { dedent } from '../text/dedent.ts';
import { splitLines } from '../text/lines.ts';
import { unescapeMarkdown } from '../text/markdownText.ts';

/** The text of a file as it is now, unsaved edits included; `undefined` when there is none. */
export type ReadLive = (path: string) => Promise<string | undefined>;

/**
 * Checks each citation against the live files: the range exists, and every code block and block quote that stands
 * under the citation's number is found in it word for word. Indentation and comment marks may differ.
 */
export async function checkCitations(
  answer: string,
  citations: readonly Citation[],
  readLive: ReadLive,
): Promise<Grounding> {
  const quotes = quotesByCitation(answer);
  const supported = await Promise.all(
    citations.map(async (citation) => {
      const text = await readLive(citation.path);
      return text !== undefined && supports(text, citation, quotes.get(citation.number));
    }),
  );
  return { checked: citations.length, supported: supported.filter(Boolean).length };
}

function supports(text: string, { startLine, endLine }: Citation, quotes: Quotes | undefined): boolean {
  const lines = splitLines(text);
  if (startLine < 1 || endLine < startLine || endLine > lines.length) return false;
  const range = lines.slice(startLine - 1, endLine);
  const prose = commentProse(range);
  return (
    quotes === undefined ||
    (quotes.code.every((code) => containsLines(range, code)) &&
      quotes.prose.every((quote) => prose.includes(quote.replace(/\s+/g, ' '))))
  );
}

function containsLines(range: readonly string[], code: readonly string[]): boolean {
  const wanted = dedent(code).join('\n');
  for (let start = 0; start + code.length <= range.length; start++) {
    if (dedent(range.slice(start, start + code.length)).join('\n') === wanted) return true;
  }
  return false;
}

/** What an answer quotes under a citation's number. */
interface Quotes {
  /** Contents of fenced code blocks, without the indentation of the list item around them. */
  readonly code: (readonly string[])[];
  /** Block quotes, one line each, Markdown escapes taken back. */
  readonly prose: string[];
}

const NUMBER = /(?<!\\)\[(\d{1,3})\](?!\()/g;
const QUOTE = /^\s*>\s?(.*)$/;

/**
 * Assigns every code block and block quote of an answer to the last citation number before it. Numbers within code
 * are no citations.
 */
function quotesByCitation(answer: string): ReadonlyMap<number, Quotes> {
  const quotes = new Map<number, Quotes>();
  let current: Quotes | undefined;
  const lines = answer.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const fence = openingFence(line);
    const quote = QUOTE.exec(line);
    if (fence) {
      const end = closingFence(lines, at, fence.marks);
      current?.code.push(lines.slice(at + 1, end).map((text) => unindent(text, fence.indent.length)));
      at = end;
    } else if (quote !== null) {
      current?.prose.push(unescapeMarkdown(quote[1] ?? '').trim());
    }
    if (!fence) current = lastCited(line, quotes) ?? current;
  }
  return quotes;
}

function lastCited(line: string, quotes: Map<number, Quotes>): Quotes | undefined {
  let last: Quotes | undefined;
  for (const [, digits] of withoutInlineCode(line).matchAll(NUMBER)) {
    const number = Number(digits);
    last = quotes.get(number) ?? { code: [], prose: [] };
    quotes.set(number, last);
  }
  return last;
}

/** A run of backticks ends at the next of the same length; without one, it is text. */
function withoutInlineCode(line: string): string {
  const runs = [...line.matchAll(/`+/g)].map(({ 0: { length }, index }) => ({ length, index }));
  // By length: the places in `runs`, the next one last.
  const ahead = new Map<number, number[]>();
  for (const [at, { length }] of [...runs.entries()].reverse()) {
    const same = ahead.get(length);
    if (same) same.push(at);
    else ahead.set(length, [at]);
  }
  let rest = '';
  let end = 0;
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at];
    const same = ahead.get(run?.length ?? 0) ?? [];
    while ((same.at(-1) ?? Infinity) <= at) same.pop();
    const close = same.at(-1);
    if (run === undefined || close === undefined) continue;
    rest += line.slice(end, run.index);
    end = (runs[close]?.index ?? 0) + run.length;
    at = close;
  }
  return rest + line.slice(end);
}

/** The line that closes a fence; the end when there is none. */
function closingFence(lines: readonly string[], open: number, marks: string): number {
  for (let at = open + 1; at < lines.length; at++) {
    if (closesFence(marks, lines[at] ?? '')) return at;
  }
  return lines.length;
}

function unindent(line: string, columns: number): string {
  let at = 0;
  while (at < columns && (line[at] === ' ' || line[at] === '\t')) at++;
  return line.slice(at);
}
