import { describe, expect, it } from 'vitest';
import { modelWorkbench } from '../support/workbench/modelWorkbench.ts';

const QUESTION = 'How does openGate write visits down?';

describe('a reload of the window', () => {
  const opened = modelWorkbench({
    model: 'compatible:test-model',
    files: {
      'src/gate.ts':
        "/** Opens the gate for a visitor and writes the visit down. */\nexport function openGate(visitor: string): boolean {\n  journal.append({ kind: 'visit', visitor });\n  return visitor.length > 0;\n}\n",
    },
  });

  const note = () => opened.workbench.chat.answer.locator('.note').innerText();
  const questions = () => opened.workbench.chat.frame.locator('.message.user').allInnerTexts();
  const reload = async () => {
    const { workbench } = opened;
    await workbench.page.reload();
    await workbench.untilReady();
    await workbench.untilIndexed();
    await workbench.chat.open();
  };

  it('keeps the conversation and its sources', async () => {
    opened.provider.script({ chunks: ['It appends the visit to the journal [', '1].'] });
    await opened.workbench.chat.ask(QUESTION);
    const asked = await questions();
    const [text, said] = [await opened.workbench.chat.answerText(), await note()];
    await reload();
    await expect.poll(questions).toEqual(asked);
    expect(await opened.workbench.chat.answerText()).toBe(text);
    expect(await note()).toBe(said);
    await opened.workbench.screenshot('chat-reloaded-dark');
    await opened.workbench.chooseTheme('Light Modern');
    await opened.workbench.screenshot('chat-reloaded-light');
    await opened.workbench.chat.openCitation(1);
    await opened.workbench.page.locator('.tab.active[data-resource-name="gate.ts"]').waitFor();
  });

  it('stops a question that is being answered, and keeps what had arrived', async () => {
    opened.provider.script({ chunks: ['Slowly it appends [1]'], ending: 'hold' });
    await opened.workbench.chat.input.fill(QUESTION);
    await opened.workbench.chat.input.press('Enter');
    await expect.poll(() => opened.workbench.chat.answerText()).toContain('Slowly');
    const asked = await questions();
    await reload();
    await expect.poll(questions).toEqual(asked);
    expect(await opened.workbench.chat.answerText()).toContain('Slowly it appends');
    expect(await note()).toContain('Stopped.');
    await opened.workbench.screenshot('chat-reloaded-stopped');
    await expect.poll(() => opened.provider.openConnections).toBe(0);
  });

  it('goes on with what was said before', async () => {
    opened.provider.script({ chunks: ['The journal [1].'] });
    await opened.workbench.chat.ask('What is it written to?');
    const sent = JSON.stringify(opened.provider.questions.at(-1));
    expect(sent).toContain('It appends the visit to the journal [1].');
    expect(sent).toContain('Slowly it appends');
  });

  it('brings nothing back that was cleared', async () => {
    await opened.workbench.chat.frame.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(questions).toEqual([]);
    await reload();
    expect(await questions()).toEqual([]);
  });
});
