import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { streamingId } from '../../../core/chat/conversation.ts';
import type { ChatMessage } from '../../../core/ports/chatMessage.ts';
import { Announcer } from '../announcer.ts';
import type { ChatActions } from '../chatActions.ts';
import type { ChatState } from '../chatStore.ts';
import type { EditorPort } from '../editorPort.ts';
import { Composer } from './composer.tsx';
import { ClearIcon, TouchstoneMark } from './icons.tsx';
import { MessageList } from './messageList.tsx';

interface AppProps {
  readonly state: ChatState;
  readonly actions: ChatActions;
  readonly drafts: Pick<EditorPort, 'loadDraft' | 'saveDraft'>;
}

export function App({ state, actions, drafts }: AppProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  useFocusOnEntry(input);
  const [draft, setDraft] = useState(() => drafts.loadDraft());
  const { messages, status, blocked } = state;
  const latest = messages.at(-1);
  const isStreaming = streamingId(messages) !== undefined;
  const canAsk = !isStreaming && blocked === undefined;
  const focusInput = (): void => {
    input.current?.focus();
  };
  const changeDraft = (text: string): void => {
    setDraft(text);
    drafts.saveDraft(text);
  };
  const canAskNow = useRef(canAsk);
  canAskNow.current = canAsk;
  const ask = (question: string): void => {
    if (canAskNow.current) actions.ask(question);
    focusInput();
  };
  // Stays the same object, so that messages that have not changed are not drawn again.
  const messageActions = useMemo(() => ({ ...actions, ask }), [actions]);

  return (
    <main class="chat">
      <h1 class="unseen">Touchstone chat</h1>
      {messages.length === 0 ? (
        <EmptyState canAsk={canAsk} ask={ask} />
      ) : (
        <MessageList messages={messages} canAsk={canAsk} actions={messageActions} leave={focusInput} />
      )}
      <LiveRegion latest={latest} />
      <footer class="foot">
        <StatusLine
          status={blocked === undefined ? status : ''}
          canClear={messages.length > 0}
          clear={() => {
            actions.clear();
            focusInput();
          }}
        />
        <Composer
          input={input}
          draft={draft}
          changeDraft={changeDraft}
          isStreaming={isStreaming}
          blocked={blocked}
          send={() => {
            ask(draft.trim());
            changeDraft('');
          }}
          stop={actions.stop}
        />
      </footer>
    </main>
  );
}

interface EmptyStateProps {
  readonly canAsk: boolean;
  readonly ask: (question: string) => void;
}

/** Answerable in nearly any repository. */
const EXAMPLES = [
  'Where does the program start?',
  'How is configuration loaded?',
  'Where are errors handled?',
] as const;

function EmptyState({ canAsk, ask }: EmptyStateProps) {
  return (
    <section class="empty" aria-labelledby="empty-title">
      <TouchstoneMark />
      <h2 id="empty-title">Ask about this code</h2>
      <p>Answers quote your files and link to the exact lines. Try:</p>
      <ul class="examples">
        {EXAMPLES.map((example) => (
          <li key={example}>
            <button
              type="button"
              aria-disabled={!canAsk}
              onClick={() => {
                ask(example);
              }}
            >
              {example}
            </button>
          </li>
        ))}
      </ul>
      <p class="fine-print">Works without a key: your code is searched and quoted on this computer.</p>
    </section>
  );
}

interface StatusLineProps {
  readonly status: string;
  readonly canClear: boolean;
  readonly clear: () => void;
}

function StatusLine({ status, canClear, clear }: StatusLineProps) {
  return (
    <div class="status">
      <span class="status-text" title={status}>
        {status}
      </span>
      {canClear && (
        <button type="button" class="quiet" onClick={clear}>
          <ClearIcon />
          Clear
        </button>
      )}
    </div>
  );
}

/** Out of sight: reads the newest answer to screen readers while it is written. */
function LiveRegion({ latest }: { readonly latest: ChatMessage | undefined }) {
  const region = useRef<HTMLDivElement>(null);
  const announcer = useRef<Announcer>(null);
  useEffect(() => {
    if (!region.current) return;
    announcer.current ??= new Announcer(region.current);
    announcer.current.update(latest);
  }, [latest]);
  return <div ref={region} class="unseen" aria-live="polite" aria-relevant="additions" />;
}

/**
 * Keys go to `input` when the view as a whole gets the focus, as by the command that opens it; not when a click or Tab
 * has chosen something in it.
 */
function useFocusOnEntry(input: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const enter = (): void => {
      if (document.activeElement === document.body) input.current?.focus();
    };
    if (document.hasFocus()) enter();
    window.addEventListener('focus', enter);
    return () => {
      window.removeEventListener('focus', enter);
    };
  }, []);
}
