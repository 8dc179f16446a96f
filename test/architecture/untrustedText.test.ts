import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { untrustedText } from './rules/untrustedText.mjs';

function problems(code: string): readonly string[] {
  const found = new Linter().verify(code, {
    rules: { 'no-restricted-syntax': ['error', ...untrustedText] },
  });
  return found.map(({ message }) => message);
}

test.each([
  'window.showErrorMessage(message)',
  'vscode.window.showInformationMessage(`${path} is gone`)',
  'const { showWarningMessage } = window;',
  'const say = window.showWarningMessage;',
  'window["showErrorMessage"](message)',
  'window.showQuickPick(paths)',
  'window.showInputBox({ prompt })',
  'window.setStatusBarMessage(message)',
  'window.withProgress({ title }, run)',
  'markdown.isTrusted = true;',
  'markdown.supportHtml = true;',
  'new MarkdownString(text, true)',
  'new vscode.MarkdownString(text, true)',
])('the linter finds %s', (code) => {
  expect(problems(code)).toHaveLength(1);
});

test.each([
  'inform(message)',
  'pick(items, { title, placeHolder })',
  'markdown.isTrusted = { enabledCommands };',
  'new MarkdownString(text)',
  'window.showTextDocument(document)',
])('the linter lets %s pass', (code) => {
  expect(problems(code)).toEqual([]);
});
