/**
 * A number from 0 to 2^32 - 1 that depends on all parts: FNV-1a with a finishing mix. Cases are ordered by it, so the
 * same seed draws the same cases everywhere, and a new file in the workspace leaves most other draws alone, which a
 * shuffle would not.
 */
export function stableHash(seed: number, ...parts: readonly string[]): number {
  let hash = 0x811c9dc5 ^ Math.imul(seed | 0, 0x9e3779b1);
  for (const part of parts) {
    for (let at = 0; at < part.length; at++) hash = Math.imul(hash ^ part.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0xffff, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The same as eight hexadecimal digits, for ids. */
export function stableId(...parts: readonly string[]): string {
  return stableHash(0, ...parts)
    .toString(16)
    .padStart(8, '0');
}
