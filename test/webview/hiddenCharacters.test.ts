import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MARKUP } from '../support/markup.ts';
import { escapeMarkdown, inlineCode } from '../../src/core/text/markdownText.ts';
import { violations } from './axe.ts';
import { ChatBrowser, type ChatPage } from './chatPage.ts';
import { assistant, cite, user } from './conversations.ts';
import { themes } from './themes.ts';

/** What does not show, as it stands in prose, in code in a line and in a block. */
const HIDDEN: readonly (readonly [name: string, characters: string, code: string])[] = [
  ['an override of direction', '\u202e', 'U+202E'],
  ['an isolate', '\u2066', 'U+2066'],
  ['a zero-width space', '\u200b', 'U+200B'],
  ['a joiner between Latin letters', '\u200d', 'U+200D'],
  ['a word joiner', '\u2060', 'U+2060'],
  ['a byte order mark', '\ufeff', 'U+FEFF'],
  ['tags', '\u{e0068}\u{e0069}', 'U+E0068 ×2'],
  ['a variation selector', '\ufe01', 'U+FE01'],
  ['the mark of Arabic letters', '\u061c', 'U+061C'],
  ['the separator of Mongolian vowels', '\u180e', 'U+180E'],
  ['the filler of Hangul', '\u3164', 'U+3164'],
  ['the filler of Jamo', '\u115f', 'U+115F'],
  ['a narrow filler', '\uffa0', 'U+FFA0'],
  ['an annotation', '\ufff9', 'U+FFF9'],
  ['a soft hyphen', '\u00ad', 'U+00AD'],
  ['an escape', '\x1b', 'U+001B'],
  ['a C1 control', '\x9b', 'U+009B'],
];

let browser: ChatBrowser;
let chat: ChatPage;

beforeAll(async () => {
  browser = await ChatBrowser.launch();
  chat = await browser.open();
});
afterAll(async () => {
  await browser.close();
});

const marks = () => chat.page.locator('.hidden-character');
const everyCode = async () =>
  Promise.all((await marks().all()).map((mark) => mark.getAttribute('data-code')));

it.each(HIDDEN)(
  'attack: %s is marked wherever it stands, with a label, and is not in the page',
  async (_, hidden, code) => {
    const text = `Prose${hidden}here, \`code${hidden}here\` [1]\n\n\`\`\`ts\nif (a${hidden}) {}\n\`\`\`\n`;
    await chat.sendState({
      messages: [
        user(`question${hidden}here`),
        assistant(text, {
          citations: [cite(1, `src/a${hidden}b.ts`, 1, 2)],
          note: `note${hidden}here`,
          state: 'failed',
        }),
      ],
    });
    // In the question, prose, inline code, block, source and note.
    expect(await everyCode()).toEqual(Array(6).fill(code));
    expect(await marks().first().getAttribute('aria-label')).toContain(code.split(' ')[0]);
    const content = await chat.page.evaluate('document.body.innerHTML + document.body.textContent');
    for (const character of hidden) expect(content).not.toContain(character);
    const title = await chat.page.locator('.sources button').getAttribute('title');
    expect(title).toContain(`⟨${code.split(' ')[0] ?? ''}⟩`);
  },
);

it('attack: as an entity, too, what does not show is marked', async () => {
  await chat.sendState({ messages: [user('q'), assistant('a&#x202e;b &ZeroWidthSpace; &#8203;c')] });
  expect((await everyCode()).sort()).toEqual(['U+200B', 'U+200B', 'U+202E']);
});

it('emoji, joined letters and writing from right to left are what they were', async () => {
  const text = '👩‍👩‍👧 ❤️ 1️⃣ می‌خواهم क्‍ष שלום';
  await chat.sendState({ messages: [user(text), assistant(`${text}\n\n\`\`\`\n${text}\n\`\`\`\n`)] });
  expect(await marks().count()).toBe(0);
  expect(await chat.page.locator('.answer p').textContent()).toBe(text);
});

it('attack: code with what does not show is copied by the editor, which asks, and inserted exactly', async () => {
  const code = 'if (a\u202e) {}\n';
  await chat.load(themes.dark);
  await chat.sendState({
    messages: [user('q'), assistant(`\`\`\`ts\n${code}\`\`\`\n\n- x\n\n  \`\`\`\n  b\u200b\n  \`\`\`\n`)],
  });
  await chat.page.getByRole('button', { name: 'Copy code' }).first().click();
  await chat.page.getByRole('button', { name: 'Insert code' }).first().click();
  await chat.page.getByRole('button', { name: 'Insert code' }).last().click();
  await chat.page.getByRole('button', { name: 'Copy answer' }).click();
  expect(await chat.posted()).toEqual([
    { type: 'copy', messageId: 'a', code },
    { type: 'insert', messageId: 'a', code },
    { type: 'insert', messageId: 'a', code: 'b\u200b\n' },
    { type: 'copy', messageId: 'a' },
  ]);
});

it.each(Object.entries(themes))('is seen and read out in %s', async (name, theme) => {
  const page = await browser.open({ theme });
  const text = [
    'The check\u202e is in `isAdmin\u200b` [1]:',
    '',
    '```ts',
    'const access = "user\u202e \u2066// only admins\u2069 \u2066";',
    'if (access !== "user\u200b") grant(\u{e0068}\u{e0069});',
    '```',
  ].join('\n');
  const citations = [cite(1, 'src/auth\u200b/isAdmin.ts', 3, 9)];
  await page.sendState({ messages: [user('Who may enter?'), assistant(text, { citations })] });
  const directory = process.env['TOUCHSTONE_SCREENSHOTS'];
  if (directory !== undefined) {
    mkdirSync(directory, { recursive: true });
    await page.page.screenshot({ path: join(directory, `hidden-${name}.png`) });
  }
  expect(await violations(page.page)).toEqual([]);
  await page.close();
});

it.each(MARKUP)('attack: %j in a quote and in a name of the built-in answer is text', async (name) => {
  const text = `1. In ${inlineCode(name)}, line 3 [1]\n\n   > ${escapeMarkdown(name)}\n`;
  await chat.sendState({ messages: [user('q'), assistant(text)] });
  const answer = chat.page.locator('.answer');
  expect(await answer.locator('a, h1, h2, h3, h4, img, em, strong, del, hr, table, pre').count()).toBe(0);
  expect(await answer.locator('li li, blockquote ul, blockquote ol, blockquote blockquote').count()).toBe(0);
  expect(await answer.locator('blockquote').count()).toBe(1);
  expect(await answer.locator('code').count()).toBe(1);
});
