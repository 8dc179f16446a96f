import { isWordCode } from '../text/lexer.ts';
import type { CursorSite } from './cursorSite.ts';
import { isInsertionOnly, type Proposal } from './proposal.ts';
import { holdsSecret } from './secretText.ts';

/** Whether anything may be suggested here at all. */
export function isQuietSite(site: CursorSite): boolean {
  const next = site.lineSuffix.charCodeAt(0);
  return site.lineSuffix !== '' && isWordCode(next);
}

/**
 * Whether a proposal is better not shown, however probable: blank, a lone closing bracket or quote (the editor's own
 * business), an echo of what follows, a secret.
 */
export function isUnwelcome(proposal: Proposal, site: CursorSite): boolean {
  const text = proposal.text.trim();
  if (text === '' || /^[)\]}>"'`]$/.test(text)) return true;
  if (site.text.slice(proposal.replaceTo).startsWith(proposal.text)) return true;
  if (repeatsNextLine(proposal, site) || repeatsLineAbove(proposal, site)) return true;
  const replaced = site.text.slice(proposal.insertAt, proposal.replaceTo);
  return (
    replaced === proposal.text || !isInsertionOnly(replaced, proposal.text) || holdsSecret(proposal.text)
  );
}

/** The line as proposed stands already right below. */
function repeatsNextLine(proposal: Proposal, site: CursorSite): boolean {
  const line = (
    site.linePrefix +
    proposal.text +
    site.text.slice(proposal.replaceTo, endOfLine(site))
  ).trim();
  const below = site.text.slice(endOfLine(site)).trimStart();
  return below.startsWith(line) && /^\s*(\r|\n|$)/.test(below.slice(line.length));
}

/** A whole line is proposed that stands right above: a copy of the line itself, not of what followed it elsewhere. */
function repeatsLineAbove(proposal: Proposal, site: CursorSite): boolean {
  if (!site.isBlankPrefix) return false;
  const above = site.text.slice(0, site.offset - site.linePrefix.length).trimEnd();
  const line = proposal.text.trim();
  return (
    /\w/.test(line) &&
    above.endsWith(line) &&
    /(^|[\r\n])[ \t]*$/.test(above.slice(0, -line.length).slice(-200))
  );
}

function endOfLine(site: CursorSite): number {
  return site.offset + site.lineSuffix.length;
}
