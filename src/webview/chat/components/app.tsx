import { useRef, useState } from 'preact/hooks';
import type { ChatMessage, ChatState } from '../../../protocol/chat.ts';
import type { ChatActions } from '../chatActions.ts';
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
  const isStreaming = isWriting(latest);
  const canAsk = !isStreaming && blocked === undefined;
  const focusInput = (): void => {
    input.current?.focus();
  };
  const changeDraft = (text: string): void => {
    setDraft(text);
    drafts.saveDraft(text);
  };
  const ask = (question: string): void => {
    if (canAsk) actions.ask(question);
    focusInput();
  };

  return (
    <main class="chat">
      <h1 class="unseen">Touchstone chat</h1>
      {messages.length === 0 ? (
        <EmptyState canAsk={canAsk} ask={ask} />
      ) : (
        <MessageList messages={messages} canAsk={canAsk} actions={{ ...actions, ask }} leave={focusInput} />
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

function isWriting(message: ChatMessage | undefined): boolean {
  return message?.role === 'assistant' && message.state === 'streaming';
}
