import { describe, expect, it } from 'vitest';
import { modelWorkbench } from '../support/workbench/modelWorkbench.ts';

const QUESTION = 'How does openGate know its visitors?';

/** A comment that shows as code, and code that shows as another name. */
const CODE = 'const isGuest = "yes\u202e \u2066// for guests only\u2069";\nopen\u200bGate();';

describe('an answer whose code is not what it looks like', () => {
  const opened = modelWorkbench({
    model: 'compatible:test-model',
    files: {
      'src/gate.ts': '/** Opens the gate for a visitor. */\nexport function openGate(): void {}\n',
      'src/target.ts': '// target\n',
    },
  });

  const dialog = () => opened.workbench.page.locator('.monaco-dialog-box');
  const insert = () => opened.workbench.chat.answer.getByRole('button', { name: 'Insert code' });

  it('attack: names the characters that turn and hide before anything is inserted', async () => {
    const { workbench, provider } = opened;
    provider.script({ chunks: [`It asks [1]:\n\n\`\`\`ts\n${CODE}\n`, '```\n'] });
    const editor = await workbench.openFile('target.ts');
    await workbench.chat.ask(QUESTION);
    await insert().click();
    await dialog().waitFor();
    const text = await dialog().innerText();
    for (const named of ['U+202E', 'U+2066', 'U+2069', 'U+200B']) expect(text).toContain(named);
    expect(text).toMatch(/U\+202E.*line 1/);
    expect(text).toMatch(/U\+200B.*line 2/);
    await workbench.screenshot('hidden-characters-dialog');
    await workbench.answerDialog('Cancel');
    await editor.focus();
    expect(await editor.text()).not.toContain('isGuest');
  });

  it('attack: leaves them out when that is chosen', async () => {
    const { workbench } = opened;
    const editor = await workbench.openFile('target.ts');
    await insert().click();
    await workbench.answerDialog('Insert Without Them');
    await expect.poll(() => editor.text()).toContain('const isGuest = "yes // for guests only";');
    const text = await editor.text();
    expect(text).toContain('openGate();');
    expect(text).not.toMatch(/[\u202e\u2066\u2069\u200b]/);
  });
});
