import { escapeMarkdown } from '../../core/text/markdownText.ts';
import { replaceUnseenInLine } from '../../core/text/unseen.ts';

/**
 * Text that others wrote (files, their names, servers), made fit for the editor's own surfaces. Those give some text a
 * meaning: notifications turn `[label](command:…)` into links that run commands, labels turn `$(name)` into icons, and
 * Markdown is Markdown. What comes out of here means nothing, reads as it did, and is one line.
 */

/** The editor itself cuts its messages off after 1,000. */
const MAX_LENGTH = 900;

/** As the editor recognizes icons in labels; a backslash before one makes it text. */
const ICON = /\$\([a-z\d-]+(?:~[a-z]+)?\)/gi;

/** For messages, prompts and progress: links are broken up by a space, line breaks are spaces. */
export function inertMessage(text: string): string {
  const line = head(text).replace(/\s+/g, ' ').trim();
  return capped(unseenMarked(line).replaceAll('](', '] ('));
}

/** For labels that may show icons: a line break in a file's name shows as a replacement character. */
export function inertLabel(text: string): string {
  return capped(unseenMarked(head(text))).replace(ICON, '\\$&');
}

/** For prose within Markdown. */
export function inertMarkdown(text: string): string {
  return escapeMarkdown(inertMessage(text));
}

function unseenMarked(text: string): string {
  return replaceUnseenInLine(text, () => '\uFFFD');
}

/** More than is ever shown, so that a text of megabytes costs nothing. */
function head(text: string): string {
  return text.slice(0, 4 * MAX_LENGTH);
}

function capped(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  return `${text.slice(0, MAX_LENGTH).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
