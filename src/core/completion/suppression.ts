import { isWordCode } from '../text/lexer.ts';
import type { CursorLine } from './cursorSite.ts';
import { isInsertionOnly, type TextEdit } from '../text/textEdit.ts';
import { secretSpans } from '../secrets/redactSecrets.ts';
import { holdsSecret } from './secretText.ts';

/** Whether anything may be suggested here at all. */
export function isInsideWord(site: CursorLine): boolean {
  const next = site.lineSuffix.charCodeAt(0);
  return site.lineSuffix !== '' && isWordCode(next);
}

/**
 * Whether a proposal is better not shown, however probable: blank, a lone closing bracket or quote (the editor's own
 * business), an echo of what follows, a secret. `rests` are longer texts that it is the beginning of: what begins a secret
 * is part of it, though it may look like nothing by itself.
 */
export function isSuppressed(
  proposal: TextEdit,
  site: CursorLine,
  rests: readonly string[] = [proposal.text],
): boolean {
  const text = proposal.text.trim();
  if (text === '' || /^[)\]}>"'`]$/.test(text)) return true;
  if (site.text.slice(proposal.endOffset).startsWith(proposal.text)) return true;
  if (repeatsNextLine(proposal, site) || repeatsLineAbove(proposal, site)) return true;
  const replaced = site.text.slice(proposal.startOffset, proposal.endOffset);
  if (replaced === proposal.text || !isInsertionOnly(replaced, proposal.text)) return true;
  return holdsSecret(proposal.text) || rests.some((rest) => completesSecret(proposal, rest, site));
}

/** Around a proposal that are looked at for what it would give away. */
const MOST_AROUND = 500;

/**
 * Whether the proposal is, or is part of, what would be masked if the text were sent to a model: a password is one for what
 * it is given to, whatever it looks like, and whoever typed it in one file does not want it offered in another. Lines above
 * count, as of what `value: …` is may stand there.
 */
function completesSecret(
  { startOffset, endOffset, text }: TextEdit,
  rest: string,
  site: CursorLine,
): boolean {
  const before = site.text.slice(Math.max(0, startOffset - MOST_AROUND), startOffset);
  const after = site.text.slice(endOffset, Math.min(endOfLine(site), endOffset + MOST_AROUND));
  return secretSpans(before + rest + after).some(
    ({ start, end }) => start < before.length + text.length && end > before.length,
  );
}

/** The line as proposed stands already right below. */
function repeatsNextLine(proposal: TextEdit, site: CursorLine): boolean {
  const line = (
    site.linePrefix +
    proposal.text +
    site.text.slice(proposal.endOffset, endOfLine(site))
  ).trim();
  const below = site.text.slice(endOfLine(site)).trimStart();
  return below.startsWith(line) && /^\s*(\r|\n|$)/.test(below.slice(line.length));
}

/** A whole line is proposed that stands right above: a copy of the line itself, not of what followed it elsewhere. */
function repeatsLineAbove(proposal: TextEdit, site: CursorLine): boolean {
  if (!site.isBlankPrefix) return false;
  const above = site.text.slice(0, site.offset - site.linePrefix.length).trimEnd();
  const line = proposal.text.trim();
  return (
    /\w/.test(line) &&
    above.endsWith(line) &&
    /(^|[\r\n])[ \t]*$/.test(above.slice(0, -line.length).slice(-200))
  );
}

function endOfLine(site: CursorLine): number {
  return site.offset + site.lineSuffix.length;
}
