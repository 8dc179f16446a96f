/**
 * What is taken of ignore rules, which may come from a stranger. Files that people write have some hundred lines; those that
 * programs write, some thousand.
 */

/** Bytes of one file. */
export const MAX_RULE_BYTES = 2 ** 20;
/** Rules in force in one folder, from its own files and those above it. */
export const MAX_RULES = 10_000;

/** How many rules a text holds: lines that are neither empty nor a comment. */
export function countRules(text: string): number {
  let count = 0;
  for (const line of text.split('\n')) if (!/^(?:#|\s*$)/.test(line)) count++;
  return count;
}
