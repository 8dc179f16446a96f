import { describe, expect, it } from 'vitest';
import { openBrackets, surplusClosers } from '../../../src/core/completion/brackets.ts';
import { LineEndings } from '../../../src/core/completion/surroundings.ts';

describe('brackets', () => {
  it.each([
    ['if (a) {', 1, 0],
    ['} else {', 1, 0],
    ['foo(bar))', 0, 1],
    [')]);', 0, 0],
    ['', 0, 0],
  ])('%s leaves %i open and closes %i too many', (line, open, surplus) => {
    expect(openBrackets(line)).toBe(open);
    expect(surplusClosers(line)).toBe(surplus);
  });
});

describe('LineEndings', () => {
  const endings = new LineEndings(['if (a) {', '  b();', '  c();', '}', '', 'd();', 'e();']);

  it('knows what ends a statement and what opens a block', () => {
    expect(endings.fit('  x();', '  y();')).toBeGreaterThan(endings.fit('  x()', '  y();'));
    expect(endings.fit('while (a) {', '  b();')).toBeGreaterThan(endings.fit('while (a);', '  b();'));
  });

  it('judges nothing it has not seen', () => {
    expect(endings.fit('a,', '] + 1')).toBe(endings.fit('a;', '] + 1'));
  });
});
