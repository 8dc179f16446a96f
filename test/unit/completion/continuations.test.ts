import { describe, expect, test } from 'vitest';
import { at, modelOf } from './modelOf.ts';

/** Continuations at `|`, by their text. */
function described(files: Readonly<Record<string, string>>, marked: string) {
  const found = modelOf(files).describe(at('z.ts', marked));
  return new Map(found.map(({ edit, features }) => [edit.text, features]));
}

describe('the tree of continuations', () => {
  const files = {
    'a.ts': 'return this.store.read(Mode.first, 1);\n',
    'b.ts': 'return this.store.read(Mode.second, 2);\n',
  };

  test('lets rests of lines support their common beginning together', () => {
    const found = described(files, 'return this.st|');
    expect(found.get('ore.read(Mode.')?.share).toBeCloseTo(0, 10);
    expect(found.get('ore.read(Mode.first')?.share).toBeCloseTo(Math.log(0.5), 1);
    expect(found.get('ore.read(Mode.')).toMatchObject({ supporters: Math.log(3), files: Math.log(3) });
  });

  test('knows where lines end, and how sure the next token is', () => {
    const found = described(files, 'return this.st|');
    expect(found.get('ore.read(Mode.first, 1);')).toMatchObject({ endShare: 1, nextShare: 0 });
    expect(found.get('ore.read(')).toMatchObject({ endShare: 0, nextShare: 1 });
    expect(found.get('ore.read(Mode.')?.nextShare).toBeCloseTo(0.5, 1);
  });

  test('has the words of the open file that begin as what is typed', () => {
    const found = described({}, 'open(subscription);\nlet y = subs|');
    expect(found.get('cription')).toMatchObject({ wordShare: 0, isPartial: 1 });
  });

  test('puts no bracket in that the editor closed', () => {
    const found = [...described(files, 'return this.store.read(|)').keys()];
    expect(found).toContain('Mode.first, 1');
    expect(found).toContain('Mode.first, 1);');
    expect(found).not.toContain('Mode.first, 1)');
  });

  test('ends at borders of tokens only', () => {
    for (const text of described(files, 'return this.st|').keys()) {
      expect(
        'ore.read(Mode.first, 1);'.startsWith(text) || 'ore.read(Mode.second, 2);'.startsWith(text),
      ).toBe(true);
      expect(text).not.toMatch(/(?:Mo|fir|sec)$/);
    }
  });
});
