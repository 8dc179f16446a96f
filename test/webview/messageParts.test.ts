import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerMessage } from '../../src/core/ports/chatMessage.ts';
import { ChatBrowser, type ChatPage } from './chatPage.ts';
import { assistant, user } from './conversations.ts';

const HOSTILE = '<img src=x onerror="document.title=1"> [a](command:x)';

const parts: AnswerMessage['parts'] = [
  { type: 'reasoning', text: `First I look. ${HOSTILE}` },
  {
    type: 'tool',
    id: 't1',
    name: 'read',
    input: { path: HOSTILE },
    result: { text: HOSTILE, isError: true },
  },
  { type: 'tool', id: 't2', name: 'list', input: {} },
  { type: 'text', text: 'It is a gate.' },
  {
    type: 'edit',
    edit: {
      id: 'e1',
      root: '/w',
      path: 'src/gate.ts',
      hunks: [{ startLine: 3, removed: ['const open = 1;'], added: ['const open = 2;', HOSTILE] }],
    },
  },
];

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
  await chat.sendState({ messages: [user('q'), assistant('', { parts })] });
});
afterEach(async () => {
  await chat.close();
});

describe('what an answer is made of besides its text', () => {
  it('is folded away, and there for whoever opens it', async () => {
    const reasoning = chat.page.locator('details', { hasText: 'Reasoning' });
    expect(await reasoning.getByText('First I look.').isVisible()).toBe(false);
    await reasoning.locator('summary').click();
    expect(await reasoning.getByText('First I look.').isVisible()).toBe(true);
    expect(await chat.page.locator('.answer').innerText()).toBe('It is a gate.');
  });

  it('says which tool was called with what, and whether it failed', async () => {
    const summaries = await chat.page.locator('details summary').allInnerTexts();
    expect(summaries).toEqual(['Reasoning', 'Tool read failed', 'Tool list']);
  });

  it('shows a proposed change line by line', async () => {
    const edit = chat.page.getByRole('region', { name: 'Proposed change of src/gate.ts' });
    expect(await edit.locator('del').allInnerTexts()).toEqual(['-const open = 1;\n']);
    expect(await edit.locator('ins').allInnerTexts()).toEqual(['+const open = 2;\n', `+${HOSTILE}\n`]);
  });

  it('is text and nothing else, whatever it holds', async () => {
    expect(await chat.page.locator('img, a').count()).toBe(0);
    expect(chat.problems).toEqual([]);
  });
});
