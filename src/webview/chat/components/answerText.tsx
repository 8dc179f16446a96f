import { useLayoutEffect, useRef } from 'preact/hooks';
import { hasUnseen } from '../../../core/text/unseen.ts';
import { type AnswerContent, AnswerElement } from '../answer/answerElement.ts';
import { copyText, SHOWN_MS } from '../answer/copyText.ts';

interface AnswerTextProps {
  readonly content: AnswerContent;
  readonly openCitation: (number: number) => void;
  /** So many characters of a code block or of what was selected are in the clipboard. */
  readonly copied: (part: 'block' | 'selection', length: number) => void;
  readonly insert: (code: string) => void;
  /** Has the editor copy code that holds characters that are not seen: it asks first. */
  readonly copyHidden: (code: string) => void;
}

/** The answer itself. Drawn by hand: rendering it as a component tree would cost more the longer it gets. */
export function AnswerText({ content, openCitation, copied, insert, copyHidden }: AnswerTextProps) {
  const root = useRef<HTMLDivElement>(null);
  const answer = useRef<AnswerElement>(null);
  useLayoutEffect(() => {
    if (!root.current) return;
    answer.current ??= new AnswerElement(root.current);
    answer.current.update(content);
  });

  /** The code of the block that a button belongs to. */
  const codeOf = (button: HTMLButtonElement): string => {
    const frame = button.closest('.code');
    return (frame && answer.current?.codeIn(frame)) ?? '';
  };
  const copyBlock = async (button: HTMLButtonElement): Promise<void> => {
    const code = codeOf(button);
    if (hasUnseen(code)) copyHidden(code);
    else if (await copyCode(button, code)) copied('block', code.length);
  };
  const onClick = ({ target }: MouseEvent): void => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (!button) return;
    if ('copy' in button.dataset) void copyBlock(button);
    if ('insert' in button.dataset && codeOf(button) !== '') insert(codeOf(button));
    const number = Number(button.dataset['citation']);
    if (number > 0) openCitation(number);
  };
  const onCopy = (): void => {
    copied('selection', document.getSelection()?.toString().length ?? 0);
  };
  return <div ref={root} class="answer" onClick={onClick} onCopy={onCopy} />;
}

/** Copies the code of the block whose copy button was pressed, and says so on the button. */
async function copyCode(button: HTMLButtonElement, code: string): Promise<boolean> {
  const isCopied = await copyText(code);
  button.textContent = isCopied ? 'Copied' : 'Not allowed';
  button.ariaLabel = isCopied ? 'Code copied' : 'Copying is not allowed here';
  setTimeout(() => {
    button.textContent = 'Copy';
    button.ariaLabel = 'Copy code';
  }, SHOWN_MS);
  return isCopied;
}
