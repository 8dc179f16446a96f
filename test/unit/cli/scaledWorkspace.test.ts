import { describe, expect, test } from 'vitest';
import { scaledFiles, type OriginalFile } from '../../../src/bench/scaledWorkspace.ts';
import { scaledSizes } from '../../../src/bench/scaleBench.ts';
import { UsageError } from '../../../src/cli/usageError.ts';

const originals: readonly OriginalFile[] = [
  { path: 'a/openGate.ts', text: 'export function openGate() {}\n' },
  { path: 'b/ringBell.py', text: 'def ring_bell():\n    return 1\n' },
];

describe('scaledFiles', () => {
  test('all is every file as it is', () => {
    expect([...scaledFiles(originals, 'all', 1)]).toEqual(originals);
  });

  test('stops when there are enough chunks', () => {
    expect([...scaledFiles(originals, 1, 1)]).toEqual([originals[0]]);
  });

  test('goes on with renamed copies, all at paths of their own that keep their extensions', () => {
    const files = [...scaledFiles(originals, 7, 1)];
    const paths = files.map(({ path }) => path);
    expect(files.slice(0, 2)).toEqual(originals);
    expect(new Set(paths).size).toBe(7);
    expect(paths.map((path) => path.split('.').at(-1))).toEqual(['ts', 'py', 'ts', 'py', 'ts', 'py', 'ts']);
    expect(paths.slice(2).every((path) => /^copy[1-3]\//.test(path))).toBe(true);
    expect(files.slice(2).some(({ text }) => !originals.some((original) => original.text === text))).toBe(
      true,
    );
  });

  test('is the same for the same seed and another for another', () => {
    expect([...scaledFiles(originals, 9, 4)]).toEqual([...scaledFiles(originals, 9, 4)]);
    expect([...scaledFiles(originals, 9, 4)]).not.toEqual([...scaledFiles(originals, 9, 5)]);
  });

  test('of nothing there is nothing', () => {
    expect([...scaledFiles([], 1000, 1)]).toEqual([]);
  });
});

describe('scaledSizes', () => {
  test('are numbers and all', () => {
    expect(scaledSizes('300,all')).toEqual([300, 'all']);
    expect(scaledSizes(undefined)).toEqual([1000, 10_000, 100_000]);
  });

  test.each(['many', '0', '10,', '1.5'])('not %j', (given) => {
    expect(() => scaledSizes(given)).toThrow(UsageError);
  });
});
