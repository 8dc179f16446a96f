import type { Citation, Grounding } from '../shared/citation.ts';
import { commentProse } from '../text/commentText.ts';
import { dedent } from '../text/dedent.ts';
import { quotesByCitation, type Quotes } from './quotes.ts';
import { splitLines } from '../text/lines.ts';

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
