import { describe, expect, it } from 'vitest';
import { holdsSecret } from '../../../src/core/completion/secretText.ts';

describe('holdsSecret', () => {
  it.each([
    ['a token with a known prefix', `"ghp_${'abcDEF123456'.repeat(2)}"`],
    ['a hash', "'9e107d9d372bb6826bd81d3542a419d6'"],
    ['a random key', 'key = "kX9fQ2mZ7pL4vR8tW1nB5c";'],
  ])('is true for %s', (_, text) => {
    expect(holdsSecret(text)).toBe(true);
  });

  it.each([
    'createReadableStreamFromAsyncIterable(source)',
    'this.someVeryLongPropertyNameIndeed.anotherOne2;',
    'HTTP2_HEADER_CONTENT_TYPE_APPLICATION',
    '0x1234, 5678, 9012',
  ])('is false for code: %s', (text) => {
    expect(holdsSecret(text)).toBe(false);
  });
});
