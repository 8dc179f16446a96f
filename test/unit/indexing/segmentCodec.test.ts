import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StoreCorruptError } from '../../../src/core/errors/storeErrors.ts';
import type { Segment } from '../../../src/core/indexing/segment.ts';
import { decodeSegment, encodeSegment } from '../../../src/core/indexing/segmentCodec.ts';

const number = fc.nat({ max: 0xffffffff });
const chunk = fc.record({ startLine: number, endLine: number, tokens: fc.array(number, { maxLength: 9 }) });
const word = fc.string({ unit: 'grapheme', minLength: 1 });
const files = fc.array(fc.record({ path: word, chunks: fc.array(chunk, { maxLength: 20 }) }));
const segments: fc.Arbitrary<Segment> = fc.record({ words: fc.array(word), files }).map((drawn) => {
  const tokens: number[] = [];
  const placed = drawn.files.map(({ path, chunks }) => {
    const tokenStart = tokens.length;
    const each = chunks.map(({ startLine, endLine, tokens: own }) => {
      const start = tokens.length;
      tokens.push(...own);
      return { startLine, endLine, tokenStart: start, tokenEnd: tokens.length };
    });
    return { path, tokenStart, tokenEnd: tokens.length, chunks: each };
  });
  return { words: drawn.words, tokens: Uint32Array.from(tokens), files: placed };
});

const sample: Segment = {
  words: ['const', 'größe', '='],
  tokens: new Uint32Array([0, 256, 513, 0xffffffff]),
  files: [
    {
      path: 'src/ä b.ts',
      tokenStart: 0,
      tokenEnd: 4,
      chunks: [{ startLine: 1, endLine: 1, tokenStart: 0, tokenEnd: 4 }],
    },
  ],
};

describe('round trip', () => {
  test('any segment comes back as it was', () => {
    fc.assert(
      fc.property(segments, (segment) => {
        expect(plain(decodeSegment(encodeSegment(segment)))).toEqual(plain(segment));
      }),
    );
  });

  test('the bytes may lie anywhere in a buffer', () => {
    for (const offset of [0, 1, 2, 3, 4]) {
      const bytes = encodeSegment(sample);
      const buffer = new Uint8Array(bytes.length + offset + 3);
      buffer.set(bytes, offset);
      const decoded = decodeSegment(buffer.subarray(offset, offset + bytes.length));
      expect(plain(decoded)).toEqual(plain(sample));
    }
  });

  test('aligned tokens are not copied', () => {
    const bytes = encodeSegment(sample);
    expect(decodeSegment(bytes).tokens.buffer).toBe(bytes.buffer);
  });

  test('equal segments give equal bytes', () => {
    expect(encodeSegment({ ...sample })).toEqual(encodeSegment(sample));
  });
});

describe('damage', () => {
  test('every changed byte is noticed', () => {
    fc.assert(
      fc.property(segments, fc.nat(), fc.integer({ min: 1, max: 255 }), (segment, position, flip) => {
        const bytes = encodeSegment(segment);
        const at = position % bytes.length;
        bytes[at] = bytes[at]! ^ flip;
        expect(() => decodeSegment(bytes)).toThrow(StoreCorruptError);
      }),
      { numRuns: 1000 },
    );
  });

  test('every possible truncation is noticed', () => {
    const bytes = encodeSegment(sample);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSegment(bytes.slice(0, length))).toThrow(StoreCorruptError);
    }
  });

  test('bytes appended at the end are noticed', () => {
    const bytes = encodeSegment(sample);
    for (const extra of [1, 4]) {
      const longer = new Uint8Array(bytes.length + extra);
      longer.set(bytes);
      expect(() => decodeSegment(longer)).toThrow(StoreCorruptError);
    }
  });

  test('the error names the segment and says what to do', () => {
    expect(() => decodeSegment(new Uint8Array(64), 'segment 7')).toThrow(
      'The stored index is damaged (segment 7: not a segment). Rebuild the index to repair it.',
    );
  });
});

function plain(segment: Segment): unknown {
  return { ...segment, tokens: [...segment.tokens] };
}
