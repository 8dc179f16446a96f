import { describe, expect, it } from 'vitest';
import { placeArguments } from '../../../src/protocol/evaluation.ts';

describe('the arguments of a link to a place', () => {
  it.each([
    [['a.ts', 1, 1]],
    [['src/a b/ü.ts', 4, 60]],
    [['.vscode/settings.json', 1, 2]],
    [['src/..notes/a..b.ts', 1, 2]],
  ])('%j is one', (args) => {
    expect(placeArguments.parse(args)).toEqual(args);
  });

  it.each([
    [[]],
    [['a.ts', 1]],
    [['a.ts', 0, 1]],
    [['a.ts', 1.5, 2]],
    [['a.ts', '1', '2']],
    [['/etc/passwd', 1, 1]],
    [['../a.ts', 1, 1]],
    [['src/../../a.ts', 1, 1]],
    [['src\\..\\..\\a.ts', 1, 1]],
    [['..', 1, 1]],
  ])('%j is none', (args) => {
    expect(placeArguments.safeParse(args).success).toBe(false);
  });
});
