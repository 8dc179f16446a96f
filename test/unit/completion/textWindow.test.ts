import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWindow } from '../../../src/core/completion/textWindow.ts';
import { modelOf } from './modelOf.ts';

const LINE = 'const value = compute(index, options);\n';
const FILLER = 'const value = compute + index + options;\n'.repeat(20_000);
const HUGE = LINE.repeat(20_000);

describe('textWindow', () => {
  it('is all of a text of ordinary size', () => {
    const text = LINE.repeat(1000);
    expect(textWindow(text, 20_000)).toEqual({ text, start: 0 });
  });

  it('is whole lines of a huge text around the cursor', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: HUGE.length }), (offset) => {
        const { text, start } = textWindow(HUGE, offset);
        expect(text.length).toBeLessThan(300_000);
        expect(start).toBeLessThanOrEqual(Math.max(0, offset - 80_000 + 40_000));
        expect(start + text.length).toBeGreaterThanOrEqual(offset);
        expect(start % LINE.length).toBe(0);
        expect(HUGE.startsWith(text, start)).toBe(true);
      }),
    );
  });

  it('keeps both ends while text is typed', () => {
    const offset = 400_000;
    const before = textWindow(HUGE, offset);
    const after = textWindow(`${HUGE.slice(0, offset)}xyz${HUGE.slice(offset)}`, offset + 3);
    expect(after.start).toBe(before.start);
    expect(after.text.length).toBe(before.text.length + 3);
  });

  it('cuts lines that are longer than it', () => {
    const { text, start } = textWindow('x'.repeat(1_000_000), 500_000);
    expect(text.length).toBeLessThan(300_000);
    expect(start).toBeGreaterThan(0);
  });
});

describe('a completion in a huge text', () => {
  it('says its place in the whole text', () => {
    const model = modelOf({ 'a.ts': 'registry.register(name, factory);\n' });
    const head = `${FILLER}registry.register(`;
    expect(model.rate({ path: 'b.ts', text: `${head}\n${FILLER}`, offset: head.length })).toMatchObject([
      { startOffset: head.length, endOffset: head.length, text: 'name, factory);' },
    ]);
  });
});
