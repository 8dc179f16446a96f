import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatBrowser, type ChatPage } from './chatPage.ts';
import { assistant, user } from './conversations.ts';

/** UTF-16 units of the shorter answer; the longer one has twice as many. */
const LENGTH = 25_000;
/** In proportion it would be 2, and 4 if it grew with the square. */
const MAX_RATIO = 3.2;
/** Processor time below which the ratio says nothing. */
const NOISE_MS = 400;
const PARTS = 20;

let browser: ChatBrowser;

beforeAll(async () => {
  browser = await ChatBrowser.launch();
});
afterAll(async () => {
  await browser.close();
});

const times = (piece: string) => (length: number) => piece.repeat(Math.ceil(length / piece.length));

/** Each took minutes or ended the page, or is like one that did. */
const HOSTILE: readonly (readonly [name: string, answerOf: (length: number) => string])[] = [
  ['opening brackets', times('[')],
  ['closing brackets', times(']')],
  ['brackets around brackets', (length) => '['.repeat(length / 2) + ']'.repeat(length / 2)],
  ['beginnings of links', times('[a](')],
  ['beginnings of images', times('![')],
  ['beginnings of code', times('` `` ')],
  ['backticks', times('`')],
  ['stars', times('*a ')],
  ['stars that open and close', times('**a *b')],
  ['underscores', times('_a ')],
  ['tildes', times('~~a ')],
  ['less-than signs', times('<')],
  ['beginnings of tags', times('<a href="')],
  ['beginnings of comments', times('<!-- ')],
  ['quotes in quotes', times('>')],
  ['quotes in quotes with blanks', times('> ')],
  ['lists in lists', times('- ')],
  ['numbered lists in lists', times('1. ')],
  ['quotes and lists in each other', times('> - ')],
  [
    'an ever deeper list',
    (length) => Array.from({ length: Math.sqrt(length) }, (_, at) => `${' '.repeat(at * 2)}- a`).join('\n'),
  ],
  ['headings', times('# a\n')],
  ['hash signs', times('#')],
  ['bars', times('|')],
  ['a table of many columns', (length) => `${'|a'.repeat(length / 5)}\n${'|-'.repeat(length / 5)}\n`],
  ['a table of many rows', (length) => `|a|b|\n|-|-|\n${'|a|b|\n'.repeat(length / 6)}`],
  ['entities', times('&#x41;')],
  ['ampersands', times('&')],
  ['backslashes', times('\\')],
  ['addresses', times('http://')],
  ['at signs', times('a@')],
  ['one long word', times('a')],
  ['one long line of words', times('a b ')],
  ['one paragraph of many lines', times('a b c\n')],
  ['definitions of links', times('[a]: b\n')],
  ['citations', times('[1] ')],
  ['blanks', (length) => `x${' '.repeat(length)}x`],
  ['empty lines', times('\n')],
  ['fences', times('```\n')],
  ['one line of code', (length) => `\`\`\`ts\n${'a("'.repeat(length / 3)}`],
  ['code that is hard to colour', (length) => `\`\`\`js\n${'/*<a '.repeat(length / 5)}`],
  ['code of brackets', (length) => `\`\`\`cpp\n${'(<'.repeat(length / 2)}`],
  ['code of markup', (length) => `\`\`\`xml\n${'<a b='.repeat(length / 5)}`],
  ['zero-width spaces', times('a\u200b')],
  ['overrides of direction', times('\u202e')],
];

it.each(HOSTILE)(
  'attack: an answer of %s costs the view in proportion to its length, and it goes on',
  async (_, answerOf) => {
    const chat = await browser.open({ height: 600 });
    const session = await chat.page.context().newCDPSession(chat.page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const short = await costOf(session, chat, answerOf(LENGTH));
    const long = await costOf(session, chat, answerOf(2 * LENGTH));
    process.stdout.write(`${_}: ${short.toFixed(0)} ms, twice as long: ${long.toFixed(0)} ms\n`);
    expect(long).toBeLessThan(MAX_RATIO * Math.max(short, NOISE_MS));
    expect(chat.problems).toEqual([]);
    await chat.sendState({ messages: [user('q'), assistant('And **on**.')] });
    expect(await chat.page.locator('.answer strong').innerText()).toBe('on');
    await chat.close();
  },
);

it('attack: of an answer of 5 MB the beginning is drawn, and the rest is said to be missing', async () => {
  const chat = await browser.open();
  await chat.sendState({ messages: [user('q'), assistant('word '.repeat(1e6))] });
  expect(await chat.page.locator('.answer.cut').count()).toBe(1);
  expect((await chat.page.locator('.answer').textContent())?.length).toBeLessThan(401_000);
  await chat.close();
});

/** Processor time of the page's main thread for an answer that arrives in parts, and is then shown again at once. */
async function costOf(session: CDPSession, chat: ChatPage, text: string): Promise<number> {
  const size = Math.ceil(text.length / PARTS);
  const parts = Array.from({ length: PARTS }, (_, at) => text.slice(at * size, (at + 1) * size)).filter(
    (part) => part !== '',
  );
  await chat.sendState({ messages: [user('q'), assistant('', { state: 'streaming' })] });
  const before = await busySeconds(session);
  await chat.call('stream', { messageId: 'a', parts });
  await chat.sendState({ messages: [user('q'), assistant(text, { id: 'b' })] });
  return 1_000 * ((await busySeconds(session)) - before);
}

async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN;
}
