import { useState } from 'preact/hooks';
import { copyText, SHOWN_MS } from '../answer/copyText.ts';
import { CopyIcon } from './icons.tsx';

export interface CopyAnswerProps {
  /** The answer's Markdown. */
  readonly text: string;
  readonly copied: () => void;
}

/** Copies a whole answer, and says so on the button. */
export function CopyAnswer({ text, copied }: CopyAnswerProps) {
  const [label, setLabel] = useState('Copy answer');
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(text);
    if (isCopied) copied();
    setLabel(isCopied ? 'Copied' : 'Not allowed');
    setTimeout(() => {
      setLabel('Copy answer');
    }, SHOWN_MS);
  };
  return (
    <button type="button" class="quiet" onClick={() => void copy()}>
      <CopyIcon />
      {label}
    </button>
  );
}
