import { escapeHtml } from '../../core/text/escapeHtml.ts';
import { withSigns } from '../../core/text/unseen.ts';
import type { Place } from '../evalCase.ts';
import type { Suite } from '../evaluation.ts';
import { stableId } from '../sampling.ts';

/** A piece of HTML in which everything from outside is escaped, and what is not seen is a sign. Only `markup` makes one. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** `null` gives nothing; lists are joined. */
type MarkupPart = string | number | null | Markup | readonly MarkupPart[];

/**
 * A template whose literal parts are HTML and whose values are text or markup made the same way. Line breaks in it
 * lose their indentation.
 */
export function markup(literals: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  return new Markup(
    literals.map((literal, at) => literal.replace(/\n\s+/g, '\n') + htmlOf(parts[at] ?? null)).join(''),
  );
}

function htmlOf(part: MarkupPart): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.html;
  if (typeof part === 'object') return part.map(htmlOf).join('');
  return escapeHtml(withSigns(String(part)));
}

/** Where a place of the workspace leads to, as the `href` of a link. */
export type PlaceLink = (place: Place) => string;

/** `path:line` or `path:first–last`, linked when there is somewhere to go. */
export function placeMarkup(place: Place, link: PlaceLink | undefined): Markup {
  const { path, startLine, endLine } = place;
  const lines = startLine === endLine ? `${startLine}` : `${startLine}–${endLine}`;
  const text = markup`<code>${path}:${lines}</code>`;
  return link ? markup`<a href="${link(place)}">${text}</a>` : text;
}

/** Code as it stands, scrolled when it is wide. */
export function codeBlock(code: string): Markup | null {
  return code === '' ? null : markup`<pre tabindex="0"><code>${code}</code></pre>`;
}

/** What the details of a case are found by on the page. */
export function caseAnchor(suite: Suite, id: string): string {
  return `${suite}-${stableId(id)}`;
}

/** A row of the table of measures: all in words. */
export function measureRow(label: string, value: string, interval = '', cases = ''): Markup {
  return markup`<tr>
    <th scope="row">${label}</th>
    <td class="number strong">${value}</td>
    <td class="number">${interval}</td>
    <td class="number">${cases}</td>
  </tr>`;
}

/** A length in a drawing, in tenths: finer steps would only make the page longer. */
export function drawnLength(length: number): number {
  return Math.round(length * 10) / 10;
}
