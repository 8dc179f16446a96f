import { describe, expect, test } from 'vitest';
import { scopesAround, widenToDefinition } from '../../../src/core/context/enclosingDefinition.ts';
import { SourceText } from '../../../src/core/retrieval/sourceText.ts';

const source = new SourceText(
  'store.ts',
  `import { read } from './read.ts';

/** Keeps what was read. */
export class Store {
  /** Reads it once. */
  async load(path: string) {
    const text = await read(path);
    this.text = text;
    return text;
  }

  clear() {
    this.text = undefined;
  }
}

export function open() {
  return new Store();
}
`,
);
const widened = (startLine: number, endLine: number, maxLines = 80) => {
  const lines = widenToDefinition(source, { startLine, endLine }, maxLines);
  return [lines.startLine, lines.endLine];
};

describe('a place in the middle of a definition', () => {
  test('is widened to the whole of it, with its comment', () => {
    expect(widened(7, 8)).toEqual([5, 10]);
  });

  test('is widened to the innermost that it cuts', () => {
    expect(widened(5, 10)).toEqual([3, 15]);
    expect(widened(5, 10, 12)).toEqual([5, 10]);
  });

  test('is widened at both ends, else only where there is room', () => {
    expect(widened(13, 17)).toEqual([12, 19]);
    expect(widened(13, 17, 7)).toEqual([12, 17]);
    expect(widened(13, 17, 5)).toEqual([13, 17]);
  });
});

test('a place that cuts nothing stays as it is', () => {
  expect(widened(3, 15)).toEqual([3, 15]);
  expect(widened(1, 1)).toEqual([1, 1]);
  expect(widened(17, 19)).toEqual([17, 19]);
});

test('a place tells what it lies in, outermost first', () => {
  expect(scopesAround(source, 8)).toEqual(['export class Store {', 'async load(path: string) {']);
  expect(scopesAround(source, 6)).toEqual(['export class Store {']);
  expect(scopesAround(source, 1)).toEqual([]);
});
