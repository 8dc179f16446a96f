import { describe, expect, test } from 'vitest';
import { chosenPart } from '../../../src/core/completion/offer.ts';

const offer = (text: string, confidence: number) => ({ text, confidence });

describe('what is chosen of a line', () => {
  test('is all of it where all is as sure as its beginning', () => {
    const whole = offer('openReader(path);', 0.9);
    expect(chosenPart([offer('openReader', 0.92), whole], 0.6)[0]).toBe(whole);
  });

  test('is the beginning where the rest is a guess', () => {
    const sure = offer('openReader(', 0.9);
    expect(chosenPart([sure, offer('openReader(path);', 0.4), offer('open', 0.95)], 0.6)[0]).toBe(sure);
  });

  test('is nothing below the threshold, nor of fewer than three characters', () => {
    expect(chosenPart([offer('openReader(path);', 0.59)], 0.6)).toEqual([]);
    expect(chosenPart([offer('();', 0.99), offer(' (', 0.99)], 0.6)).toEqual([offer('();', 0.99)]);
  });

  test('is nothing that costs more to read than it saves', () => {
    // .6 × 2 keys saved against .4 × 3 keys of reading.
    expect(chosenPart([offer('get', 0.6)], 0.6)).toEqual([]);
    expect(chosenPart([offer('get', 0.7)], 0.6)).toHaveLength(1);
  });
});
