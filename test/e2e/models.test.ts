import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeProvider } from '../support/fakeProvider.ts';
import { keepEvidence } from '../support/workbench/keepEvidence.ts';
import { startWorkbench } from '../support/workbench/startWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { createWorkspace } from '../support/workbench/workspaceFolder.ts';

const QUESTION = 'How does openGate write visits down?';
const KEY = 'sk-e2e-1234567890';

describe('a language model in the chat', () => {
  let provider: FakeProvider;
  let folder: string;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    provider = await FakeProvider.start();
    folder = await createWorkspace({
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
    });
    workbench = await startWorkbench({
      folder,
      settings: {
        'touchstone.models.chat': 'openai:test-model',
        'touchstone.models.endpoints': { openai: provider.baseUrl },
      },
    });
    await workbench.untilIndexed();
    await workbench.chat.open();
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await provider.close();
    await rm(folder, { recursive: true, force: true });
  });

  const note = () => workbench!.chat.answer.locator('.note').innerText();

  it('without a key: the built-in answer, and what to do', async () => {
    await workbench!.chat.ask(QUESTION);
    expect(await workbench!.chat.answerText()).toContain('gate.ts');
    expect(await note()).toMatch(/needs an API key\. Run “Touchstone: Set Model Key”.*built-in answer/);
    expect(await (await workbench!.hoverStatus()).innerText()).toContain(
      'although openai:test-model is chosen',
    );
    await workbench!.screenshot('model-without-key');
    expect(provider.questions).toEqual([]);
  });

  it('takes a key for its address', async () => {
    const { page } = workbench!;
    await workbench!.runCommand('Touchstone: Set Model Key');
    const input = page.locator('.quick-input-widget .quick-input-box input');
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: provider.baseUrl }).click();
    await page
      .locator('.quick-input-widget', { hasText: `Key for ${new URL(provider.baseUrl).origin}` })
      .waitFor();
    expect(await input.getAttribute('type')).toBe('password');
    await input.fill(KEY);
    await input.press('Enter');
    await workbench!.untilNotified('is stored');
  });

  it('writes an answer whose citations open their lines', async () => {
    provider.script({ chunks: ['It appends the visit to the journal [', '1], and nothing else [9].'] });
    await workbench!.chat.ask(QUESTION);
    expect(await workbench!.chat.answerText()).toMatch(
      /It appends the visit to the journal\s*1\s*, and nothing else\./,
    );
    expect(await note()).toMatch(/^Written by openai:test-model from your code\. All sources checked/);
    expect(await workbench!.chat.citation(1)).toMatchObject({ path: 'src/gate.ts', startLine: 1 });
    await workbench!.screenshot('model-answer');
    expect(JSON.stringify(provider.questions.at(-1))).toContain('journal.append');
  });

  it('broken off in the middle: keeps what arrived and can be asked again', async () => {
    provider.script({ chunks: ['It appends [1]', ' to the'], ending: 'die' }, { chunks: ['Whole [1].'] });
    await workbench!.chat.ask(QUESTION);
    expect(await workbench!.chat.answerText()).toContain('It appends');
    expect(await note()).toContain('broke off in the middle');
    await workbench!.screenshot('model-broke-off');
    await workbench!.chat.answer.getByRole('button', { name: 'Ask again' }).click();
    await expect.poll(() => workbench!.chat.answerText()).toContain('Whole');
  });

  it('stopped: the connection is closed', async () => {
    provider.script({ chunks: ['Slow'], ending: 'hold' });
    const before = provider.questions.length;
    await workbench!.chat.input.fill(QUESTION);
    await workbench!.chat.input.press('Enter');
    await expect.poll(() => provider.questions.length).toBe(before + 1);
    await expect.poll(() => workbench!.chat.answerText()).toContain('Slow');
    await workbench!.chat.frame.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => provider.openConnections).toBe(0);
    await workbench!.chat.frame.getByRole('button', { name: 'Send' }).waitFor();
    expect(await workbench!.chat.answerText()).toContain('Slow');
  });

  it('refused: the built-in answer, with the reason', async () => {
    provider.script({ chunks: [], status: 401 });
    await workbench!.chat.ask(QUESTION);
    expect(await note()).toMatch(/refused the API key.*built-in answer/);
    await workbench!.screenshot('model-refused');
  });

  it('says how fast it is', async () => {
    provider.script({ chunks: ['OK'] });
    await workbench!.runCommand('Touchstone: Test Model Key');
    await workbench!.untilNotified(/openai:test-model at localhost:\d+ answered in \d+ ms/);
  });

  it('has no key left once it is cleared', async () => {
    await workbench!.runCommand('Touchstone: Clear Model Key');
    await workbench!.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'localhost' }).click();
    await workbench!.untilNotified('is deleted');
    await workbench!.chat.ask(QUESTION);
    expect(await note()).toContain('needs an API key');
  });
});
