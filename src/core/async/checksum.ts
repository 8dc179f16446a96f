import { runToCompletion } from './incremental.ts';

// The multiplier of the finalizer of MurmurHash3 (public domain).
const MULTIPLIER = 0x85ebca6b;
/** Words summed up in one step: about a quarter of a millisecond. */
const STEP_WORDS = 1 << 17;

/**
 * A 32-bit checksum of 32-bit words from index `from`. Each step is a bijection of the state, so a change within one
 * word is always noticed; any other damage goes unnoticed once in 2^32. Not for adversaries.
 */
export function checksum(words: Uint32Array, from: number): number {
  return runToCompletion(checksumIncrementally(words, from));
}

/** The same a few words at a time. */
export function* checksumIncrementally(words: Uint32Array, from: number): Generator<void, number> {
  let state = words.length - from;
  for (let at = from; at < words.length;) {
    if (at > from) yield;
    const end = Math.min(at + STEP_WORDS, words.length);
    for (; at < end; at++) {
      state = Math.imul(state ^ (words[at] ?? 0), MULTIPLIER);
      state ^= state >>> 15;
    }
  }
  return state >>> 0;
}
