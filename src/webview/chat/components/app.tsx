import { useMemo, useRef, useState } from 'preact/hooks';
import { streamingId } from '../../../core/chat/conversation.ts';
import type { ChatActions } from '../chatActions.ts';
import type { ChatState } from '../chatStore.ts';
import type { EditorPort } from '../editorPort.ts';
import { Composer } from './composer.tsx';
import { EmptyState } from './emptyState.tsx';
import { LiveRegion } from './liveRegion.tsx';
import { MessageList } from './messageList.tsx';
import { StatusLine } from './statusLine.tsx';
import { useFocusOnEntry } from './useFocusOnEntry.ts';

export interface AppProps {
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
