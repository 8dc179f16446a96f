import { expect, test } from 'vitest';
import { sha256Digest } from '../../../src/adapters/files/sha256Digest.ts';

test('gives the digests of FIPS 180-2', () => {
  expect(sha256Digest(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(sha256Digest(new Uint8Array())).toMatch(/^e3b0c44298fc1c14/);
});
