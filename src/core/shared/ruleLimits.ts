/**
 * What is taken of ignore rules, which may come from a stranger. Files that people write have some hundred lines; those that
 * programs write, some thousand.
 */

/** Bytes of one file. */
export const MAX_RULE_BYTES = 2 ** 20;
/** Rules in force in one folder, from its own files and those above it, as `countRules` counts. */
export const MAX_RULES = 10_000;
/** UTF-16 units of one rule: no path is longer. */
export const MAX_RULE_LENGTH = 4096;
/** Units with wildcards that a rule may have and still count as one: `*.extension` and the like. */
const CHEAP_UNITS = 16;

/**
 * How many rules a text holds. Lines that are empty or a comment are none; one counts the more, the more there is in it that
 * has to be tried at every place of a path, and as too many when it is longer than any path. So `MAX_RULES` bounds the
 * steps that are taken for a path, whatever the rules.
 */
export function countRules(text: string): number {
  let count = 0;
  for (const line of text.split('\n')) {
    if (/^(?:#|\s*$)/.test(line)) continue;
    if (line.length > MAX_RULE_LENGTH) return MAX_RULES + 1;
    count += 1 + Math.floor(triedAnywhere(line) / CHEAP_UNITS);
  }
  return count;
}

function triedAnywhere(line: string): number {
  if (!line.includes('*')) return 0;
  if (line.includes('**')) return line.length;
  return line.split('/').reduce((sum, name) => sum + (name.includes('*') ? name.length : 0), 0);
}
