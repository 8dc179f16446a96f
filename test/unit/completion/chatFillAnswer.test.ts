import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FillForm, insertionOf, repeatedText } from '../../../src/core/completion/chatFillAnswer.ts';

const prefix = 'export function load(store) {\n  const rows = store.';
const suffix = ');\n  return rows;\n}\n';
const forms: readonly FillForm[] = ['overlap', 'hole', 'region'];

const read = (form: FillForm, written: string, isEnded = true) =>
  insertionOf(form, written, isEnded, repeatedText(form, prefix, suffix));

/** What a model writes that does as it is told. */
function told(form: FillForm, insertion: string, [before, after] = [prefix, suffix]): string {
  const repeated = repeatedText(form, before, after);
  return `<code>\n${repeated.before}${insertion}${repeated.after}\n</code>`;
}

describe.each(forms)('the answer to the form %s', (form) => {
  test.each(['read(primary', 'read(\n    primary,\n  ', ''])('gives what is to be put in: %j', (text) => {
    expect(read(form, told(form, text))).toBe(text);
  });

  test('may stand in a fence, between sentences', () => {
    const { before, after } = repeatedText(form, prefix, suffix);
    expect(read(form, `Here it is:\n\`\`\`ts\n${before}read(primary${after}\n\`\`\`\nHope it helps.`)).toBe(
      'read(primary',
    );
  });

  test('is nothing without its tags', () => {
    expect(read(form, 'You could call read() here.')).toBeUndefined();
  });

  test('is never taken back while it is being written', () => {
    const text = fc.array(fc.constantFrom('a', '\n', ' ', '(', ')', ';', 'return rows;', '}'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, (pieces) => {
        const written = told(form, `read(${pieces.join('')}`);
        let last = '';
        for (let length = 0; length < written.length; length++) {
          const now = read(form, written.slice(0, length), false) ?? '';
          expect(now.startsWith(last)).toBe(true);
          last = now;
        }
      }),
    );
  });
});

describe('what is repeated', () => {
  test('may lack its indentation or its first lines', () => {
    expect(read('overlap', '<code>\nconst rows = store.all(\n</code>')).toBe('all(');
    expect(read('region', '<code>\n  const rows = store.all();\n  return rows;\n}\n</code>')).toBe('all(');
  });

  test('has to be there', () => {
    expect(read('overlap', '<code>\nlet other = 1;\n</code>')).toBeUndefined();
    expect(read('region', '<code>\nimport x;\n</code>')).toBeUndefined();
  });

  test('begins with a line that says something', () => {
    expect(repeatedText('overlap', 'a();\n\n  ', '\n\nb();\nc();')).toEqual({
      before: 'a();\n\n  ',
      after: '\n\nb();',
    });
  });

  test('is the indentation alone on an empty line', () => {
    const repeated = repeatedText('overlap', 'if (a) {\n  ', '\n}\n');
    expect(insertionOf('overlap', '<code>\nif (a) {\n  run();\n}\n</code>', true, repeated)).toBe('run();');
    expect(insertionOf('overlap', '<code>\n  run();\n}\n</code>', true, repeated)).toBe('run();');
  });
});
