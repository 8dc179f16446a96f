import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createOutput } from '../../../src/cli/output.ts';
import { printableLine } from '../../../src/cli/printable.ts';

/** What a terminal would act upon, or show in another order than it is. */
const CONTROLS = [
  '\x1b[2J\x1b[H',
  '\x1b]0;title\x07',
  '\x1b]8;;https://example.invalid\x1b\\sign in\x1b]8;;\x1b\\',
  '\x1b]52;c;cm0gLXJmIH4=\x07',
  '\x1bP+q544e\x1b\\',
  '\x1b_Gi=31;\x1b\\',
  '\x9b2J',
  '\x9d52;c;eA==\x9c',
  '\x90q\x9c',
  'safe\rrm -rf ~',
  '\b\b\b\x7f',
  '\x0e\x0f',
  '\u202egnp.exe',
  '\u2066a\u2069',
  'a\u200bb\ufeff',
  '\u{e0041}\u{e0042}',
  'a\u2028b',
  '\ud800',
];

const FORBIDDEN = /[^\P{Cc}\t\n]|[\p{Bidi_Control}\u200b\ufeff\u2028\u{e0041}]/u;

function written(json: boolean, write: (output: ReturnType<typeof createOutput>) => void): string {
  const [out, err] = [new PassThrough(), new PassThrough()];
  write(createOutput(json, out, err));
  return `${String(out.read() ?? '')}${String(err.read() ?? '')}`;
}

it.each(CONTROLS)(
  'attack: %j in a result, a remark and a path moves no cursor and reaches no clipboard',
  (text) => {
    const shown = written(false, (output) => {
      output.line(`a\n\tb ${text}`);
      output.note(text);
      output.line(printableLine(`src/${text}\n.ts`));
    });
    expect(shown).not.toMatch(FORBIDDEN);
    expect(shown.split('\n')).toHaveLength(5);
  },
);

it.each(CONTROLS)('attack: %j in JSON is escaped and means the same', (text) => {
  const shown = written(true, (output) => {
    output.value({ path: text, [text]: '\u00e9 😀' });
  });
  expect(shown).not.toMatch(FORBIDDEN);
  expect(JSON.parse(shown)).toEqual({ path: text, [text]: '\u00e9 😀' });
});
