import { escapeHtml } from '../../../core/text/escapeHtml.ts';

/**
 * A code block with a bar that names the language and holds the buttons to copy and, unless it is not to be inserted, to
 * insert. `codeHtml` is trusted to be escaped. The code can be focused, because it may have to be scrolled sideways.
 */
export function codeFrame(language: string, codeHtml: string, canInsert = true): string {
  const insert = canInsert
    ? '<button type="button" data-insert="" aria-label="Insert code at the cursor">Insert</button>'
    : '';
  return (
    `<div class="code"><div class="code-bar"><span>${escapeHtml(language === '' ? 'text' : language)}</span>` +
    `${insert}<button type="button" data-copy="" aria-label="Copy code">Copy</button></div>` +
    `<pre tabindex="0"><code>${codeHtml}</code></pre></div>`
  );
}
