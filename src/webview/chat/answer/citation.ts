import type { ChatCitation } from '../../../protocol/chat.ts';
import { escapeHtml } from '../../../core/text/escapeHtml.ts';
import type { RenderCitation } from './markdownToHtml.ts';

/** The name of a citation's mark. Starts with what is visible, for people who speak to their computer. */
function citationLabel({ number, path, startLine, endLine }: ChatCitation): string {
  const lines = startLine === endLine ? `line ${startLine}` : `lines ${startLine} to ${endLine}`;
  return `${number}: Open ${path}, ${lines}`;
}

/** A line range as people write it: `10–20`, or `10` for a single line. */
export function lineRange({ startLine, endLine }: ChatCitation): string {
  return startLine === endLine ? String(startLine) : `${startLine}–${endLine}`;
}

/**
 * Draws `[n]` as a button that opens its source. Sources arrive with the end of the answer: until then it is a mark
 * of the same size, and a number without a source ends as plain text.
 */
export function renderCitation(citations: readonly ChatCitation[], isStreaming: boolean): RenderCitation {
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
