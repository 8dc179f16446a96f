import { expect, it } from 'vitest';
import { dedent } from '../../../src/core/text/dedent.ts';

it.each([
  [
    ['  a', '    b', '  c'],
    ['a', '  b', 'c'],
  ],
  [
    ['\ta', '\t\tb'],
    ['a', '\tb'],
  ],
  [
    ['\ta', '  b'],
    ['\ta', '  b'],
  ],
  [
    ['  a', '', '   ', '  b'],
    ['a', '', '', 'b'],
  ],
  [[], []],
])('takes the shared margin off %j', (lines, expected) => {
  expect(dedent(lines)).toEqual(expected);
});
