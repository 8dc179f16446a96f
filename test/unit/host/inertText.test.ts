import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inertLabel, inertMarkdown, inertMessage } from '../../../src/host/editor/inertText.ts';

/** What the editor makes a link of in its messages, and more: whatever a label and a target in brackets could be. */
const LINK = /\[[^\]]*\]\([^)]*/;
const ICON = /(?<!\\)\$\([\w-]+(?:~\w+)?\)/;
const UNSEEN = /[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;

const TARGET = 'command:workbench.action.tasks.runTask?%22t%22';

/** Each means something to the editor, hides something, or pretends to be something else. */
const PAYLOADS: readonly string[] = [
  `[Fix](${TARGET})`,
  `[Fix](${TARGET} "Opens the settings")`,
  `[Fix](${TARGET} 'Opens the settings')`,
  '[Fix](COMMAND:workbench.action.terminal.new)',
  '[docs](https://example.invalid/a?b=c#d)',
  '[docs](http://example.invalid)',
  '[notes](file:///etc/passwd)',
  '[open](vscode://ms-vscode.extension/install)',
  `](${TARGET})`,
  `gold: ["[Fix](${TARGET})"] leads nowhere`,
  `[a\nb](${TARGET})`,
  `[Fix]\u200b(${TARGET})`,
  `[Fix]\0(${TARGET})`,
  `[Fix]\r\n(${TARGET})`,
  `[[[Fix]](${TARGET})](${TARGET})`,
  `![image](${TARGET})`,
  `[Fix](${TARGET})`.repeat(40),
  `${'['.repeat(3000)}${']('.repeat(3000)}`,
  `${'a'.repeat(895)}[Fix](${TARGET})`,
  `${'a'.repeat(3595)}[Fix](${TARGET})`,
  `<a href="${TARGET}">Fix</a>`,
  `<${TARGET}>`,
  '$(trash) Everything is deleted',
  '$(sync~spin)',
  '\\$(bug)',
  '\\\\$(bug)',
  '$(bug$(bug))',
  'a.ts\n## Heading\n[sign in](https://example.invalid)',
  '\u202egpj.exe',
  '\u2066hidden\u2069',
  'zero\u200bwidth\u2060\ufeff',
  'tags\u{e0041}\u{e0042}\u{e007f}',
  'fillers\u3164\u115f\u1160\uffa0\u034f\u00ad\u061c\u180e',
  'variation\u{e0100}\ufe00\ufe0f',
  'terminal\x1b[31m\x07\x9b',
  'line\u2028separator\u2029s\u0085',
  '\ud800 alone \udc00',
];

describe.each([
  ['a message', inertMessage],
  ['a label', inertLabel],
  ['Markdown', inertMarkdown],
] as const)('%s of untrusted text', (_, inert) => {
  it.each(PAYLOADS)('attack: shows %j', (payload) => {
    const text = inert(payload);
    expect(text).not.toMatch(UNSEEN);
    expect(text.isWellFormed()).toBe(true);
    expect(text.length).toBeLessThan(2_000);
  });

  it('attack: of megabytes is cut off, not through a character', () => {
    for (const long of ['a'.repeat(5e6), '😀'.repeat(1e6), `a${'😀'.repeat(1e6)}`, '[]('.repeat(1e6)]) {
      const text = inert(long);
      expect(text.endsWith('…')).toBe(true);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  it('shows ordinary text of any script as it is', () => {
    for (const text of ['straße/日本 (2)', 'می‌خواهم', '👩‍👩‍👧 ❤️ 1️⃣', 'क्‍ष', 'a$b (c)']) {
      expect(inert(text).replaceAll('\\', '')).toBe(text);
    }
  });
});

it.each(PAYLOADS)('attack: a message holds no link: %j', (payload) => {
  expect(inertMessage(payload)).not.toMatch(LINK);
  expect(inertMessage(payload)).not.toMatch(/[\r\n]/);
});

it.each(PAYLOADS)('attack: a label holds no icon: %j', (payload) => {
  expect(inertLabel(payload)).not.toMatch(ICON);
});

it.each(PAYLOADS)('attack: Markdown holds neither link, HTML nor heading: %j', (payload) => {
  const text = inertMarkdown(payload);
  expect(text).not.toMatch(/(?<!\\)[[\]<>#!]|(?<!\\):\/\//);
});

it('a message reads as it did', () => {
  expect(inertMessage(`[Fix](${TARGET}) leads nowhere.`)).toBe(`[Fix] (${TARGET}) leads nowhere.`);
  expect(inertMessage('items[0](x),\n  see  https://example.invalid')).toBe(
    'items[0] (x), see https://example.invalid',
  );
});

it('no text at all becomes a link or an icon', () => {
  const parts = fc.constantFrom(
    '[',
    ']',
    '(',
    ')',
    '$',
    '\\',
    '$(',
    'bug',
    TARGET,
    ' ',
    '\n',
    '\u200b',
    '\0',
    'a',
  );
  const texts = fc.array(parts, { maxLength: 40 }).map((each) => each.join(''));
  fc.assert(
    fc.property(fc.oneof(texts, fc.string({ unit: 'binary' })), (text) => {
      expect(inertMessage(text)).not.toMatch(LINK);
      expect(inertLabel(text)).not.toMatch(ICON);
    }),
  );
});
