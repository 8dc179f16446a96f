import { useLayoutEffect, useRef } from 'preact/hooks';
import { AnswerElement, type AnswerContent } from '../answer/answerElement.ts';
import { copyCode } from '../answer/copyCode.ts';

export interface AnswerTextProps {
  readonly content: AnswerContent;
  readonly openCitation: (number: number) => void;
}

/** The answer itself. Drawn by hand: rendering it as a component tree would cost more the longer it gets. */
export function AnswerText({ content, openCitation }: AnswerTextProps) {
  const root = useRef<HTMLDivElement>(null);
  const answer = useRef<AnswerElement>(null);
  useLayoutEffect(() => {
    if (!root.current) return;
    answer.current ??= new AnswerElement(root.current);
    answer.current.update(content);
  });

  const onClick = ({ target }: MouseEvent): void => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (!button) return;
    if ('copy' in button.dataset) void copyCode(button);
    const number = Number(button.dataset['citation']);
    if (number > 0) openCitation(number);
  };
  return <div ref={root} class="answer" onClick={onClick} />;
}
