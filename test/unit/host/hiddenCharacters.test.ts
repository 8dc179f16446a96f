import { expect, it } from 'vitest';
import { approveHidden, type TextUse } from '../../../src/host/chat/hiddenCharacters.ts';
import { english } from './modelsFixture.ts';

const TEXT = 'if (user\u202e) {\n  a\u200b\u200b();\n}\u202e\n';

async function ask(text: string, use: TextUse, press: number | undefined) {
  const dialogs: (readonly [string, readonly string[], readonly string[]])[] = [];
  const used = await approveHidden(text, use, {
    l10n: english,
    choose: (...dialog) => {
      dialogs.push(dialog);
      return Promise.resolve(press === undefined ? undefined : dialog[2][press]);
    },
  });
  return { used, dialogs };
}

it('attack: characters that do not show are named with how many and where, before they are inserted', async () => {
  const { dialogs } = await ask(TEXT, 'insert', undefined);
  expect(dialogs).toEqual([
    [
      'This text holds characters that do not show, so it is not what it looks like.',
      [
        'U+202E (changes the direction of text): 2, on lines 1, 3',
        'U+200B (zero-width character): 2, on line 2',
      ],
      ['Insert Without Them', 'Insert as It Is'],
    ],
  ]);
});

it.each([
  ['insert', 0, 'if (user) {\n  a();\n}\n'],
  ['insert', 1, TEXT],
  ['insert', undefined, undefined],
  ['copy', 0, 'if (user) {\n  a();\n}\n'],
  ['copy', 1, TEXT],
  ['copy', undefined, undefined],
] as const)('attack: to %s, the choice %s decides', async (use, press, expected) => {
  expect((await ask(TEXT, use, press)).used).toBe(expected);
});

it('nothing is asked about text that is what it looks like', async () => {
  const text = 'a\tb // 👩‍👩‍👧 می‌خواهم שלום\r\n';
  expect(await ask(text, 'insert', undefined)).toEqual({ used: text, dialogs: [] });
});

it('attack: a hundred kinds on a thousand lines make no dialog that fills the screen', async () => {
  const tags = Array.from({ length: 100 }, (_, at) => String.fromCodePoint(0xe0020 + at)).join('');
  const { dialogs } = await ask(`${tags}\n`.repeat(1_000), 'copy', undefined);
  const [, paragraphs] = dialogs[0] ?? [];
  expect(paragraphs).toHaveLength(9);
  for (const paragraph of paragraphs ?? []) expect(paragraph.length).toBeLessThan(100);
});
