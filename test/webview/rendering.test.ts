import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChatBrowser, type ChatPage } from './chatPage.ts';
import { assistant, cite, richConversation, user } from './conversations.ts';
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
});
afterEach(async () => {
  expect(chat.problems).toEqual([]);
  await chat.close();
});

describe('without messages', () => {
  it('asks for the state as soon as it runs', async () => {
    expect(await chat.page.evaluate('fakeEditor.posted')).toEqual([{ type: 'ready' }]);
  });

  it('explains itself and asks an example that is clicked', async () => {
    expect(await chat.page.getByText('Works without a key').isVisible()).toBe(true);
    await chat.page.getByRole('button', { name: 'Where are errors handled?' }).click();
    expect(await chat.posted()).toEqual([{ type: 'ask', question: 'Where are errors handled?' }]);
  });

  it('shows the status, or why asking is impossible', async () => {
    await chat.sendState({ status: 'Indexing 10 of 20 files' });
    expect(await chat.page.getByText('Indexing 10 of 20 files').isVisible()).toBe(true);
    await chat.sendState({
      status: 'Indexing 10 of 20 files',
      blocked: 'Open a folder to ask about its code.',
    });
    expect(await chat.page.getByText('Indexing 10 of 20 files').count()).toBe(0);
    expect(await chat.page.getByText('Open a folder').isVisible()).toBe(true);
    await chat.page.getByRole('button', { name: 'Where are errors handled?' }).click({ force: true });
    await chat.page.getByRole('textbox').fill('hello');
    await chat.page.keyboard.press('Enter');
    expect(await chat.posted()).toEqual([]);

    await chat.send({ type: 'availability', status: 'Ready' });
    expect(await chat.page.getByText('Open a folder').count()).toBe(0);
    await chat.page.getByRole('button', { name: 'Send' }).click();
    expect(await chat.posted()).toEqual([{ type: 'ask', question: 'hello' }]);
  });
});

describe('an answer', () => {
  it('is drawn as Markdown with its question, sources and note', async () => {
    await chat.sendState({ messages: [...richConversation] });
    const articles = chat.page.getByRole('article');
    expect(await articles.count()).toBe(3);
    const answer = articles.nth(1);
    expect(await answer.locator('strong').innerText()).toBe('once');
    expect(await answer.locator('ol li').count()).toBe(3);
    expect(await answer.locator('.code-bar span').innerText()).toBe('ts');
    expect(await answer.locator('.hljs-keyword').first().innerText()).toBe('export');
    expect(await answer.locator('.note').innerText()).toContain('no model used');
    expect(await answer.locator('.sources li').allInnerTexts()).toEqual([
      '1\nloadConfig.ts\nsrc/config\nlines\n12–31',
      '2\nfromEnvironment.ts\nsrc/config\nlines\n4',
      '3\ndescribeSchemaProblem.ts\npackages/validation/src/errors\nlines\n120–148',
    ]);
  });

  it('opens a citation from its mark and from the list of sources', async () => {
    await chat.sendState({ messages: [...richConversation] });
    const opened = { type: 'openCitation', messageId: 'a1', number: 2 };
    await chat.page.getByRole('button', { name: '2: Open src/config/fromEnvironment.ts, line 4' }).click();
    await chat.page.getByRole('button', { name: '2 fromEnvironment.ts src/config lines 4' }).click();
    expect(await chat.posted()).toEqual([opened, opened]);
  });

  it('shows a number without a source as plain text', async () => {
    await chat.sendState({
      messages: [
        user('q'),
        assistant('One [1], two [2], an index `a[1]`.', { citations: [cite(1, 'a.ts', 10, 20)] }),
      ],
    });
    expect(await chat.page.locator('.answer').innerText()).toBe('One\u00a01, two\u00a0[2], an index a[1].');
    expect(await chat.page.locator('.answer button').getAttribute('aria-label')).toBe(
      '1: Open a.ts, lines 10 to 20',
    );
  });

  it('names the workspace folder where sources come from several', async () => {
    const citations = [cite(1, 'src/a.ts', 1, 2), { ...cite(2, 'b.ts', 1, 2), root: '/work/api' }];
    await chat.sendState({ messages: [user('q'), assistant('x', { citations })] });
    expect(await chat.page.locator('.folder').allInnerTexts()).toEqual(['shop/src', 'api']);
  });

  it('is calm: no marks behind lines of code or quotations, and paths break between folders', async () => {
    const text = '> Why\n\n`src/config/loadConfig.ts:7-19`\n\n```ts\nconst a = 1;\n```\n';
    await chat.sendState({ messages: [user('q'), assistant(text)] });
    for (const element of ['pre code', 'blockquote']) {
      const background = `getComputedStyle(document.querySelector('.answer ${element}')).backgroundColor`;
      expect(await chat.page.evaluate(background)).toBe('rgba(0, 0, 0, 0)');
    }
    const path = chat.page.locator('p > code');
    expect(await path.innerHTML()).toBe(
      'src/<wbr>config/<wbr>loadConfig.ts:<span class="together">7-19</span>',
    );
  });

  it('copies the code of a block exactly', async () => {
    await chat.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const code = Array.from({ length: 120 }, (_, line) => `  line ${line} <b>&amp;`).join('\n');
    await chat.sendState({ messages: [user('q'), assistant(`\`\`\`\n${code}\n\`\`\``)] });
    await chat.page.getByRole('button', { name: 'Copy code' }).click();
    await chat.page.getByText('Copied').waitFor();
    expect(await chat.page.evaluate('navigator.clipboard.readText()')).toBe(`${code}\n`);
    expect(await chat.posted()).toEqual([
      { type: 'copied', messageId: 'a', part: 'block', length: code.length + 1 },
    ]);
  });

  it('is copied whole as Markdown once it is finished, or as far as it is selected', async () => {
    await chat.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const text = 'It is **once**, and only once.';
    await chat.sendState({ messages: [user('q'), assistant(text, { state: 'streaming' })] });
    const button = chat.page.getByRole('button', { name: 'Copy answer' });
    expect(await button.count()).toBe(0);
    await chat.sendState({ messages: [user('q'), assistant(text)] });
    await button.click();
    await chat.page.getByText('Copied').waitFor();
    expect(await chat.page.evaluate('navigator.clipboard.readText()')).toBe(text);
    await chat.page.locator('.answer strong').dblclick();
    await chat.page.keyboard.press('ControlOrMeta+c');
    expect(await chat.posted()).toEqual([
      { type: 'copied', messageId: 'a', part: 'answer', length: text.length },
      { type: 'copied', messageId: 'a', part: 'selection', length: 4 },
    ]);
  });

  it('hands code over to be inserted', async () => {
    await chat.sendState({ messages: [user('q'), assistant('```ts\nconst a = "<b>";\n```\n\n```\n```')] });
    const buttons = chat.page.getByRole('button', { name: 'Insert code at the cursor' });
    await buttons.first().click();
    await buttons.last().click();
    expect(await chat.posted()).toEqual([{ type: 'insert', messageId: 'a', code: 'const a = "<b>";\n' }]);
  });

  it('that failed or was stopped can be asked for again', async () => {
    for (const state of ['failed', 'stopped'] as const) {
      await chat.sendState({ messages: [user('why?'), assistant('', { state, note: 'Start it again.' })] });
      expect(await chat.page.getByText('Start it again.').isVisible()).toBe(true);
      await chat.page.getByRole('button', { name: 'Ask again' }).click();
    }
    expect(await chat.posted()).toEqual(Array(2).fill({ type: 'ask', question: 'why?' }));
  });
});

describe('the input', () => {
  it('sends with Enter, breaks the line with Shift+Enter, and grows', async () => {
    const input = chat.page.getByRole('textbox');
    const before = await input.boundingBox();
    await input.focus();
    await chat.page.keyboard.type('one');
    await chat.page.keyboard.press('Shift+Enter');
    await chat.page.keyboard.type('two');
    expect((await input.boundingBox())!.height).toBeGreaterThan(before!.height * 1.5);
    await chat.page.keyboard.press('Enter');
    expect(await chat.posted()).toEqual([{ type: 'ask', question: 'one\ntwo' }]);
    expect(await input.inputValue()).toBe('');
  });

  it('leaves Enter to an input method while a word is being composed', async () => {
    const input = chat.page.getByRole('textbox');
    await input.fill('にほん');
    await input.dispatchEvent('keydown', {
      key: 'Enter',
      isComposing: true,
      bubbles: true,
      cancelable: true,
    });
    expect(await chat.posted()).toEqual([]);
    expect(await input.inputValue()).toBe('にほん');
  });

  it('sends nothing but spaces never', async () => {
    await chat.page.getByRole('textbox').fill('  \n ');
    await chat.page.keyboard.press('Enter');
    await chat.page.getByRole('button', { name: 'Send' }).click({ force: true });
    expect(await chat.posted()).toEqual([]);
  });

  it('keeps the draft when the view is hidden and shown again', async () => {
    await chat.page.getByRole('textbox').fill('half a ques');
    await chat.load(themes.dark);
    expect(await chat.page.getByRole('textbox').inputValue()).toBe('half a ques');
  });
});
