import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChatBrowser, type ChatPage } from './chatPage.ts';
import { assistant, cite, user } from './conversations.ts';
import { themes } from './themes.ts';

let browser: ChatBrowser;
let chat: ChatPage;

beforeAll(async () => {
  browser = await ChatBrowser.launch();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  chat = await browser.open();
  await chat.sendState({ messages: [user('q'), assistant('', { state: 'streaming' })] });
});
afterEach(async () => {
  await chat.close();
});

const finish = (text: string) =>
  chat.sendState({ messages: [user('q'), assistant(text, { citations: [cite(1, 'src/a.ts', 10, 20)] })] });

describe('an answer that is being written', () => {
  it('waits visibly, then grows with each part', async () => {
    expect(await chat.page.getByText('Searching your code').isVisible()).toBe(true);
    await chat.append('a', 'The **sto');
    expect(await chat.page.getByText('Searching your code').count()).toBe(0);
    await chat.append('a', 'ne** tells [1]');
    expect(await chat.page.locator('.answer strong').innerText()).toBe('stone');
    expect(await chat.page.locator('.answer button').count()).toBe(0);
    await finish('The **stone** tells [1]');
    expect(await chat.page.locator('.answer button').innerText()).toBe('1');
    expect(chat.problems).toEqual([]);
  });

  it('leaves finished blocks alone', async () => {
    await chat.append('a', 'First.\n\nSecond.\n\n```ts\nconst a = 1;\n```\n\nLast');
    await chat.page.evaluate('window.kept = [...document.querySelectorAll(".block")].slice(0, 3)');
    await chat.append('a', ' words.\n\nMore.');
    await finish('First.\n\nSecond.\n\n```ts\nconst a = 1;\n```\n\nLast words.\n\nMore.');
    expect(await chat.page.evaluate('kept.every((element) => element.isConnected)')).toBe(true);
    expect(await chat.page.locator('.block').count()).toBe(5);
  });

  it('ends as the host says, whatever had arrived', async () => {
    await chat.append('a', 'A draft that was wrong.\n\nAnd long.');
    await finish('The truth.');
    expect(await chat.page.locator('.answer').innerText()).toBe('The truth.');
  });

  it('looks the same in parts as in one piece', async () => {
    const text =
      '# T\n\n- a\n  - b\n\n- c\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n1. ```js\n   let a;\n   ```\n\n> q\n\n~~~\n```\n~~~\n';
    for (const character of text) await chat.call('append', { messageId: 'a', text: character });
    await finish(text);
    const html =
      'document.querySelector(".answer").innerHTML.replace(/<span class="segment">(.*?)<.span>/gs, "$1")';
    const streamed = await chat.page.evaluate(html);
    await chat.sendState({});
    await finish(text);
    expect(await chat.page.evaluate(html)).toBe(streamed);
    expect(await chat.page.locator('.answer table td').count()).toBe(2);
  });

  it('is stopped by the button and by Escape, and keeps what arrived', async () => {
    await chat.append('a', 'Half an ans');
    await chat.page.getByRole('button', { name: 'Stop' }).click();
    await chat.page.getByRole('textbox').press('Escape');
    expect(await chat.posted()).toEqual([{ type: 'stop' }, { type: 'stop' }]);
    await chat.sendState({
      messages: [user('q'), assistant('Half an ans', { state: 'stopped', note: 'Stopped.' })],
    });
    expect(await chat.page.getByText('Half an ans').isVisible()).toBe(true);
    expect(await chat.page.getByRole('button', { name: 'Send' }).isVisible()).toBe(true);
  });

  it('keeps the next question waiting', async () => {
    await chat.page.getByRole('textbox').fill('next');
    await chat.page.keyboard.press('Enter');
    expect(await chat.posted()).toEqual([]);
    expect(await chat.page.getByRole('textbox').inputValue()).toBe('next');
  });

  it('ignores messages that break the contract, with a warning', async () => {
    const before = await chat.page.locator('main').innerHTML();
    const broken = [
      null,
      'text',
      { type: 'eval', code: 'alert(1)' },
      { type: 'snapshot', sequence: 0, messages: [{ role: 'system', id: 'x', text: 'x' }], status: '' },
      { type: 'events', sequence: 1, events: [{ type: 'part', id: 'a', part: { type: 'text' } }] },
      { type: 'events', events: [] },
    ];
    for (const message of broken) await chat.send(message);
    expect(await chat.page.locator('main').innerHTML()).toBe(before);
    expect(chat.problems).toHaveLength(broken.length);
    for (const problem of chat.problems) expect(problem).toMatch(/^warning: Ignored/);
  });
});

describe('reading aloud', () => {
  const spoken = async () => (await chat.page.locator('[aria-live="polite"] p').allInnerTexts()).join(' ');

  it('announces whole sentences and the end, and no code', async () => {
    await chat.append('a', 'The **stone** is black [1]. It shows');
    await expect.poll(spoken).toBe('The stone is black.');
    await chat.append('a', ' gold.\n\n```ts\nconst secret = 1;\n```\nDone');
    await expect.poll(spoken).toBe('The stone is black. It shows gold. Code block.');
    await finish('The **stone** is black [1]. It shows gold.\n\n```ts\nconst secret = 1;\n```\nDone');
    await expect.poll(spoken).toMatch(/Done Answer complete, 1 source\.$/);
  });

  it('says nothing about an answer that was there before', async () => {
    await chat.sendState({});
    await finish('Old news.');
    await chat.sendState({
      messages: [
        user('q'),
        assistant('Old news.'),
        user('r', 'q2'),
        assistant('', { id: 'b', state: 'streaming' }),
      ],
    });
    await chat.append('b', 'New. ');
    await chat.append('b', 'X');
    await expect.poll(spoken).toBe('New.');
  });
});

describe('scrolling', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, line) => `Line ${line}.\n\n`);
  const stream = (count: number) => chat.call('stream', { messageId: 'a', parts: lines(count) });
  const distance = () => chat.call<number>('distanceFromEnd');
  const seen = () => chat.page.evaluate('document.elementFromPoint(200, 300).textContent');
  const toEnd = () => chat.page.getByRole('button', { name: 'Scroll to the end' });

  it('follows the end until the reader scrolls up, and again from the end on', async () => {
    await stream(60);
    await expect.poll(distance).toBeLessThan(2);
    await chat.page.mouse.move(200, 200);
    await chat.page.mouse.wheel(0, -600);
    await expect.poll(distance).toBeGreaterThan(300);
    await toEnd().waitFor();
    await expect.poll(async () => (await seen()) === (await seen())).toBe(true);
    const before = await seen();
    await stream(30);
    expect(await seen()).toBe(before);
    expect(await distance()).toBeGreaterThan(600);

    await toEnd().click();
    await expect.poll(distance).toBeLessThan(2);
    await toEnd().waitFor({ state: 'detached' });
    await stream(30);
    await expect.poll(distance).toBeLessThan(2);
  });

  it('shows the question and the start of an answer that arrives at once', async () => {
    await finish(lines(60).join(''));
    await chat.sendState({
      messages: [user('q'), assistant('x'), user('r', 'q2'), assistant('', { id: 'b', state: 'streaming' })],
    });
    await chat.append('b', lines(100).join(''));
    await toEnd().waitFor();
    const top = (await chat.page.locator('.message.user').last().boundingBox())?.y;
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(40);
  });

  it('is at the end when the view is shown again', async () => {
    await finish(lines(300).join(''));
    await chat.load(themes.dark);
    await finish(lines(300).join(''));
    await expect.poll(distance).toBeLessThan(2);
  });
});
