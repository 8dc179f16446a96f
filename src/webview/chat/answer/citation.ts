import type { LocatedCitation } from '../../../core/ports/chatMessage.ts';
import { escapeHtml } from '../../../core/text/escapeHtml.ts';
import type { RenderCitation } from './markdownToHtml.ts';

/** The name of a citation's mark. Starts with what is visible, for people who speak to their computer. */
function citationLabel({ number, path, startLine, endLine }: LocatedCitation): string {
  const lines = startLine === endLine ? `line ${startLine}` : `lines ${startLine} to ${endLine}`;
  return `${number}: Open ${path}, ${lines}`;
}

/** A line range as people write it: `10–20`, or `10` for a single line. */
export function lineRange({ startLine, endLine }: LocatedCitation): string {
  return startLine === endLine ? String(startLine) : `${startLine}–${endLine}`;
}

/**
 * Draws `[n]` as a button that opens its source. A number without a source is a mark of the same size while the answer
 * is written, and ends as plain text.
 */
export function renderCitation(citations: readonly LocatedCitation[], isStreaming: boolean): RenderCitation {
  const byNumber = new Map(citations.map((citation) => [citation.number, citation]));
  return (number) => {
    const citation = byNumber.get(number);
    if (citation) {
      const title = escapeHtml(`${citation.path}:${lineRange(citation)}`);
      const label = escapeHtml(citationLabel(citation));
      return `<button type="button" class="citation" data-citation="${number}" aria-label="${label}" title="${title}">${number}</button>`;
    }
    return isStreaming ? `<span class="citation">${number}</span>` : `[${number}]`;
  };
}
