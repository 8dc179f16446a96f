import type { Place } from '../evalCase.ts';
import { markup, type Markup } from './markup.ts';

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
