import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatState } from '../../src/webview/chat/chatStore.ts';
import { violations } from './axe.ts';
import { ChatBrowser, type ChatPage } from './chatPage.ts';
import { assistant, richConversation, user } from './conversations.ts';
import { themes } from './themes.ts';

const pictures = fileURLToPath(new URL('../e2e/output/', import.meta.url));

const READY = 'Index ready: 1,284 files';
const streaming = assistant('Two suites cover it. The first one, `loadConfig.test.ts`, writes', {
  id: 'a2',
  state: 'streaming',
});
const states: Readonly<Record<string, ChatState>> = {
  empty: { messages: [], status: READY },
  answered: { messages: richConversation.slice(0, 2), status: READY },
  streaming: { messages: [...richConversation, streaming], status: 'Indexing 640 of 1,284 files' },
  troubled: {
    messages: [
      user('Where is the cart emptied?', 'q1'),
      assistant('In `checkout`, after', {
        id: 'a1',
        state: 'stopped',
        note: 'Stopped. Ask again to get the whole answer.',
      }),
      user('And why twice?', 'q2'),
      assistant('', {
        id: 'a2',
        state: 'failed',
        note: 'No answer: The query worker has stopped and is being restarted. Try again in a few seconds.',
      }),
    ],
    status: 'Not indexed',
    blocked: 'Trust this workspace to ask about its code.',
  },
};

let browser: ChatBrowser;

beforeAll(async () => {
  browser = await ChatBrowser.launch();
  await mkdir(pictures, { recursive: true });
});
afterAll(async () => {
  await browser.close();
});

describe.each(Object.entries(themes))('%s theme', (themeName, theme) => {
  describe.each([200, 400])('%i px wide', (width) => {
    it.each(Object.entries(states))('%s: no violations, nothing cut off', async (stateName, state) => {
      const chat = await browser.open({ theme, width });
      await chat.sendState(state);
      await chat.page.screenshot({ path: `${pictures}webview-${themeName}-${width}-${stateName}.png` });
      expect(await violations(chat.page)).toEqual([]);
      expect(await chat.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      // The list scrolls, never the page: the input would leave it.
      expect(await chat.page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0);
      expect(
        await chat.page.evaluate('document.querySelector(".scroller, .empty").scrollWidth'),
      ).toBeLessThanOrEqual(width);
      expect(chat.problems).toEqual([]);
      await chat.close();
    });
  });
});

describe('by keyboard alone', () => {
  let chat: ChatPage;
  const press = async (...keys: string[]) => {
    for (const key of keys) await chat.page.keyboard.press(key);
  };
  const focused = () =>
    chat.page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent.trim()');
  const ring = () => chat.page.evaluate('getComputedStyle(document.activeElement).outlineStyle');

  it('everything can be reached and used, with a visible focus', async () => {
    chat = await browser.open();
    expect(await focused()).toBe('Ask about this code');
    await press('Shift+Tab', 'Shift+Tab', 'Shift+Tab');
    expect(await focused()).toBe('Where does the program start?');
    expect(await ring()).toBe('solid');
    await press('Enter');
    expect(await chat.posted()).toEqual([{ type: 'ask', question: 'Where does the program start?' }]);

    await chat.sendState({ messages: richConversation.slice(0, 2) });
    expect(await focused()).toBe('Ask about this code');
    await press('Shift+Tab');
    expect(await focused()).toBe('Clear');
    await press('Shift+Tab', 'Enter');
    expect(await chat.posted()).toContainEqual({ type: 'openCitation', messageId: 'a1', number: 3 });
    expect(await ring()).toBe('solid');

    await press('Escape');
    expect(await focused()).toBe('Ask about this code');
    await chat.close();
  });

  it('arrow keys, Home and End go from message to message', async () => {
    chat = await browser.open();
    await chat.sendState({ messages: [...richConversation] });
    expect(await chat.page.locator('article[tabindex="0"]').count()).toBe(1);
    await chat.page.locator('article').last().focus();
    await press('ArrowUp');
    expect(await focused()).toBe('Touchstone');
    await press('Home');
    expect(await focused()).toBe('You');
    expect(await chat.page.locator('article[tabindex="0"]').innerText()).toContain(
      'How is configuration loaded?',
    );
    await press('ArrowUp', 'End', 'ArrowDown');
    expect(await chat.page.locator('article:focus').innerText()).toContain('where is it tested');
    await chat.close();
  });

  it('entering the view goes to the question, unless something in the view was chosen', async () => {
    chat = await browser.open();
    const enter = () => chat.page.evaluate('window.dispatchEvent(new FocusEvent("focus"))');
    await chat.page.evaluate('document.activeElement.blur()');
    await enter();
    expect(await focused()).toBe('Ask about this code');
    await chat.page.getByRole('button', { name: 'How is configuration loaded?' }).focus();
    await enter();
    expect(await focused()).toBe('How is configuration loaded?');
    await chat.close();
  });

  it('the focus survives the end of an answer and the clearing of the conversation', async () => {
    chat = await browser.open();
    await chat.sendState({ messages: [user('q'), assistant('x', { state: 'streaming' })] });
    await chat.page.getByRole('button', { name: 'Stop' }).focus();
    await chat.sendState({ messages: [user('q'), assistant('x')] });
    expect(await focused()).toBe('Send');
    await press('Shift+Tab', 'Shift+Tab', 'Enter');
    expect(await chat.posted()).toEqual([{ type: 'clear' }]);
    await chat.sendState({});
    expect(await focused()).toBe('Ask about this code');
    await chat.close();
  });
});
