import { subTokens, WHOLE } from '../../core/text/subTokens.ts';

const PARTS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;

/** The parts of a name as written: `parse`, `HTTP`, `Header` for `parseHTTPHeader`. */
export function nameParts(name: string): readonly string[] {
  return name.match(PARTS) ?? [];
}

/** Whether a name has several parts that are searched for: other names are words that stand everywhere. */
export function isTelling(name: string): boolean {
  return subTokens(name).some((term) => term.startsWith(WHOLE));
}

/** Whether a text has the name, or spells it out in words. */
export function spellsOut(text: string, name: string): boolean {
  return squeezed(text).includes(squeezed(name));
}

/** Letters and digits only. */
function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
