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
    [['a\n/../../x.ts', 1, 1]],
    [['src\r\n/../../../etc/passwd', 1, 1]],
    [['a\u2028/../x', 1, 1]],
    [['a.ts\n', 1, 1]],
    [['a\0.ts', 1, 1]],
    [['\x1b[2J', 1, 1]],
    [['C:/Windows/win.ini', 1, 1]],
    [['c:\\Windows', 1, 1]],
    [['', 1, 1]],
    [['a'.repeat(5000), 1, 1]],
    [['a.ts', 1, 1e300]],
    [['a.ts', 1, 1, 'more']],
  ])('attack: %j is none', (args) => {
    expect(placeArguments.safeParse(args).success).toBe(false);
  });
});
