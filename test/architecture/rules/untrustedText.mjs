// @ts-check

const SAY =
  'Say it through src/host/editor/notify.ts: the editor makes links and icons of what others wrote.';
const TRUST =
  'Trusted Markdown runs commands: name those that it may run (`enabledCommands`), and leave the rest off.';

const SPEAKING =
  '/^(show(Information|Warning|Error)Message|showQuickPick|showInputBox|createQuickPick|createInputBox|setStatusBarMessage|withProgress)$/';

/** Syntax that shows text without making it inert, for ESLint's `no-restricted-syntax`. */
export const untrustedText = [
  // However `window` is called: as a namespace, under another name, or taken apart.
  { selector: `MemberExpression[property.name=${SPEAKING}]`, message: SAY },
  { selector: `ObjectPattern > Property[key.name=${SPEAKING}]`, message: SAY },
  { selector: `MemberExpression[computed=true][property.value=${SPEAKING}]`, message: SAY },
  {
    selector:
      'AssignmentExpression[left.property.name=/^(isTrusted|supportHtml|supportThemeIcons)$/][right.value=true]',
    message: TRUST,
  },
  { selector: 'NewExpression[callee.name="MarkdownString"] > :nth-child(2)', message: TRUST },
  {
    selector: 'NewExpression[callee.property.name="MarkdownString"] > :nth-child(2)',
    message: TRUST,
  },
];
