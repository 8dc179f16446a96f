import type { RefObject } from 'preact';
import { ArrowUpIcon, InfoIcon, StopIcon } from './icons.tsx';

export interface ComposerProps {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly draft: string;
  readonly changeDraft: (text: string) => void;
  readonly isStreaming: boolean;
  readonly blocked: string | undefined;
  readonly send: () => void;
  readonly stop: () => void;
}

/** As in the contract of an `ask` message. */
const MAX_LENGTH = 8000;

/** The question being written. Its button sends; while an answer is written it stops that, keeping the focus. */
export function Composer({ input, draft, changeDraft, isStreaming, blocked, send, stop }: ComposerProps) {
  const canSend = !isStreaming && blocked === undefined && draft.trim() !== '';

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && isStreaming) {
      event.preventDefault();
      stop();
    }
    // Enter that confirms a word of an input method belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (canSend) send();
  };

  return (
    <div class="composer">
      {blocked !== undefined && (
        <p class="blocked" id="blocked" role="status">
          <InfoIcon />
          <span>{blocked}</span>
        </p>
      )}
      <div class="field">
        <textarea
          ref={input}
          rows={1}
          maxLength={MAX_LENGTH}
          placeholder="Ask about this code"
          aria-label="Ask about this code"
          aria-describedby={blocked === undefined ? undefined : 'blocked'}
          value={draft}
          onInput={(event) => {
            changeDraft(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        {isStreaming ? (
          <SubmitButton label="Stop" isEnabled click={stop} icon={<StopIcon />} />
        ) : (
          <SubmitButton label="Send" isEnabled={canSend} click={send} icon={<ArrowUpIcon />} />
        )}
      </div>
    </div>
  );
}

interface SubmitButtonProps {
  readonly label: string;
  readonly isEnabled: boolean;
  readonly click: () => void;
  readonly icon: preact.JSX.Element;
}

/** Stays focusable when it can do nothing, so that the focus is not lost when an answer ends. */
function SubmitButton({ label, isEnabled, click, icon }: SubmitButtonProps) {
  return (
    <button
      type="button"
      class="submit"
      aria-label={label}
      title={label}
      aria-disabled={!isEnabled}
      onClick={() => {
        if (isEnabled) click();
      }}
    >
      {icon}
    </button>
  );
}
