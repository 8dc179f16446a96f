import { roleOf } from './wordRole.ts';

const STEP_WORDS = 4096;

/** The role of each word id of a segment, given its words: see `wordRole.ts`. */
export function* rolesInSteps(words: readonly string[]): Generator<void, Uint8Array> {
  const roles = new Uint8Array(words.length + 1);
  roles[0] = roleOf('\n');
  for (const [at, text] of words.entries()) {
    if (at % STEP_WORDS === STEP_WORDS - 1) yield;
    roles[at + 1] = roleOf(text);
  }
  return roles;
}
