import type { ToFeedbackHost } from '../../../protocol/feedback.ts';
import type { FeedbackState } from '../../../protocol/feedbackState.ts';
import { Answers } from './answers.tsx';
import { CountsTable } from './countsTable.tsx';
import { DayChart } from './dayChart.tsx';
import { EmptyState } from './emptyState.tsx';
import { Headline } from './headline.tsx';
import { Patterns } from './patterns.tsx';
import { RecentTable } from './recentTable.tsx';
import { SurvivalChart } from './survivalChart.tsx';
import { WhereKept } from './whereKept.tsx';

export interface AppProps {
  readonly state: FeedbackState;
  readonly post: (type: ToFeedbackHost['type']) => void;
}

export function App({ state, post }: AppProps) {
  const { summary, isRecording } = state;
  const { total, chat } = summary;
  const { done, stopped, failed } = chat.answers;
  const uses = chat.copied + chat.inserted + chat.citationsOpened;
  const isEmpty = total.offered + uses + done + stopped + failed === 0;
  return (
    <main class="page">
      <Patterns />
      <header>
        <h1>Feedback</h1>
        <Buttons isEmpty={isEmpty} post={post} />
      </header>
      {isEmpty ? <EmptyState isRecording={isRecording} /> : <Evidence summary={summary} />}
      <WhereKept
        state={state}
        openSettings={() => {
          post('openSettings');
        }}
      />
    </main>
  );
}

const buttons = [
  { type: 'refresh', label: 'Refresh' },
  { type: 'export', label: 'Export …' },
  { type: 'delete', label: 'Delete …' },
] as const;

/** Without records there is nothing to export or delete. */
function Buttons({ isEmpty, post }: { readonly isEmpty: boolean; readonly post: AppProps['post'] }) {
  return (
    <div class="buttons">
      {(isEmpty ? buttons.slice(0, 1) : buttons).map(({ type, label }) => (
        <button
          key={type}
          type="button"
          onClick={() => {
            post(type);
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function Evidence({ summary }: { readonly summary: FeedbackState['summary'] }) {
  const { total, days, survival, chat, byLanguage, bySource, recent } = summary;
  return (
    <>
      {total.offered > 0 && (
        <>
          <Headline total={total} />
          <DayChart days={days} />
          <SurvivalChart samples={survival} />
          <CountsTable title="By language" of="Language" groups={byLanguage} />
          <CountsTable title="By source" of="Source" groups={bySource} />
        </>
      )}
      <Answers chat={chat} />
      {recent.length > 0 && <RecentTable recent={recent} />}
    </>
  );
}
