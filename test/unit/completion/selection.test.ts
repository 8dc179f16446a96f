import { describe, expect, it } from 'vitest';
import { modelOf } from './modelOf.ts';

const model = modelOf({ 'a.ts': 'registry.register(name, factory);\n' });
const text = 'x();\nregistry.reg;';
const base = { path: 'b.ts', text: text.slice(0, -1), offset: 17 };

describe('a selected item of the suggest widget', () => {
  it('is replaced in its own range by text that begins with it', () => {
    const selected = { startOffset: 14, endOffset: 17, text: 'register' };
    expect(model.rate({ ...base, selected })).toMatchObject([
      { startOffset: 14, endOffset: 17, text: 'register(name, factory);' },
    ]);
    const often = modelOf({ 'a.ts': 'registry.register(name, factory);\n'.repeat(9) });
    expect(often.complete({ ...base, selected })).toMatchObject({
      edit: {
        changes: [
          { startOffset: 14, endOffset: 17, text: expect.stringMatching(/^register\(name/) as string },
        ],
      },
    });
  });

  it('is not extended to another word', () => {
    const selected = { startOffset: 14, endOffset: 17, text: 'regis' };
    expect(model.complete({ ...base, selected })).toBeUndefined();
  });

  it('is left alone when nothing goes on from it', () => {
    const selected = { startOffset: 14, endOffset: 17, text: 'unregister' };
    expect(model.complete({ ...base, selected })).toBeUndefined();
  });

  it('is left alone when it does not hold the typed characters', () => {
    const other = { ...base, text: 'x();\nregistry.xyz' };
    const selected = { startOffset: 14, endOffset: 17, text: 'register' };
    expect(model.complete({ ...other, selected })).toBeUndefined();
  });

  it('is left alone when more than its range would be replaced', () => {
    const request = { path: 'b.ts', text: 'x();\nregistry.reg()', offset: 17 };
    const selected = { startOffset: 14, endOffset: 17, text: 'register(' };
    expect(model.complete({ ...request, selected })).toBeUndefined();
  });
});
