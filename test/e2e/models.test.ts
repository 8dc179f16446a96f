import { describe, expect, it } from 'vitest';
import { modelWorkbench } from '../support/workbench/modelWorkbench.ts';

const QUESTION = 'How does openGate write visits down?';
const KEY = 'sk-e2e-1234567890';

describe('a language model in the chat', () => {
  const opened = modelWorkbench({
    model: 'openai:test-model',
    files: {
      'src/gate.ts':
        "/** Opens the gate for a visitor and writes the visit down. */\nexport function openGate(visitor: string): boolean {\n  journal.append({ kind: 'visit', visitor });\n  return visitor.length > 0;\n}\n",
      // A workspace that tries to send questions, and the key, elsewhere.
      '.vscode/settings.json': JSON.stringify({
        'touchstone.models.chat': 'compatible:stolen',
        'touchstone.models.endpoints': {
          openai: 'http://localhost:9/v1',
          compatible: 'http://localhost:9/v1',
        },
      }),
    },
  });

  const note = () => opened.workbench.chat.answer.locator('.note').innerText();

  it('without a key: the built-in answer, and what to do', async () => {
    await opened.workbench.chat.ask(QUESTION);
    expect(await opened.workbench.chat.answerText()).toContain('gate.ts');
    expect(await note()).toMatch(/needs an API key\. Run “Touchstone: Set Model Key”.*built-in answer/);
    expect(await (await opened.workbench.hoverStatus()).innerText()).toContain(
      'although openai:test-model is chosen',
    );
    await opened.workbench.screenshot('model-without-key');
    expect(opened.provider.questions).toEqual([]);
  });

  it('takes a key for its address', async () => {
    const { page } = opened.workbench;
    await opened.workbench.runCommand('Touchstone: Set Model Key');
    const input = page.locator('.quick-input-widget .quick-input-box input');
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: opened.provider.baseUrl }).click();
    await page
      .locator('.quick-input-widget', { hasText: `Key for ${new URL(opened.provider.baseUrl).origin}` })
      .waitFor();
    expect(await input.getAttribute('type')).toBe('password');
    await input.fill(KEY);
    await input.press('Enter');
    await opened.workbench.untilNotified('is stored');
  });

  it('writes an answer whose citations open their lines', async () => {
    opened.provider.script({
      chunks: ['It appends the visit to the journal [', '1], and nothing else [9].'],
    });
    await opened.workbench.chat.ask(QUESTION);
    expect(await opened.workbench.chat.answerText()).toMatch(
      /It appends the visit to the journal\s*1\s*, and nothing else\./,
    );
    expect(await note()).toMatch(/^Written by openai:test-model from your code\. All sources checked/);
    expect(await opened.workbench.chat.citation(1)).toMatchObject({ path: 'src/gate.ts', startLine: 1 });
    await opened.workbench.screenshot('model-answer');
    expect(JSON.stringify(opened.provider.questions.at(-1))).toContain('journal.append');
  });

  it('broken off in the middle: keeps what arrived and can be asked again', async () => {
    opened.provider.script(
      { chunks: ['It appends [1]', ' to the'], ending: 'die' },
      { chunks: ['Whole [1].'] },
    );
    await opened.workbench.chat.ask(QUESTION);
    expect(await opened.workbench.chat.answerText()).toContain('It appends');
    expect(await note()).toContain('broke off in the middle');
    await opened.workbench.screenshot('model-broke-off');
    await opened.workbench.chat.answer.getByRole('button', { name: 'Ask again' }).click();
    await expect.poll(() => opened.workbench.chat.answerText()).toContain('Whole');
  });

  it('stopped: the connection is closed', async () => {
    opened.provider.script({ chunks: ['Slow'], ending: 'hold' });
    const before = opened.provider.questions.length;
    await opened.workbench.chat.input.fill(QUESTION);
    await opened.workbench.chat.input.press('Enter');
    await expect.poll(() => opened.provider.questions.length).toBe(before + 1);
    await expect.poll(() => opened.workbench.chat.answerText()).toContain('Slow');
    await opened.workbench.chat.frame.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => opened.provider.openConnections).toBe(0);
    await opened.workbench.chat.frame.getByRole('button', { name: 'Send' }).waitFor();
    expect(await opened.workbench.chat.answerText()).toContain('Slow');
  });

  it('refused: the built-in answer, with the reason', async () => {
    opened.provider.script({ chunks: [], status: 401 });
    await opened.workbench.chat.ask(QUESTION);
    expect(await note()).toMatch(/refused the API key.*built-in answer/);
    await opened.workbench.screenshot('model-refused');
  });

  it('says how fast it is', async () => {
    opened.provider.script({ chunks: ['OK'] });
    await opened.workbench.runCommand('Touchstone: Test Model Key');
    await opened.workbench.untilNotified(/openai:test-model at localhost:\d+ answered in \d+ ms/);
  });

  it('has no key left once it is cleared', async () => {
    await opened.workbench.runCommand('Touchstone: Clear Model Key');
    await opened.workbench.page
      .locator('.quick-input-widget .monaco-list-row', { hasText: 'localhost' })
      .click();
    await opened.workbench.untilNotified('is deleted');
    await opened.workbench.chat.ask(QUESTION);
    expect(await note()).toContain('needs an API key');
  });
});
