import { SeenText } from '../../shared/seenText.tsx';
import type { ToFeedbackHost } from '../../../protocol/feedback.ts';
import type { FeedbackState } from '../../../protocol/feedbackState.ts';
import { counted, interval, percent } from '../format.ts';
import { CountsTable } from './countsTable.tsx';
import { DayChart } from './dayChart.tsx';
import { Headline } from './headline.tsx';
import { RecentTable } from './recentTable.tsx';
import { SurvivalChart } from './survivalChart.tsx';

interface AppProps {
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

/** How many answers of the chat were used, and for what; nothing when there were none. */
function Answers({ chat }: { readonly chat: FeedbackState['summary']['chat'] }) {
  const { copied, inserted, citationsOpened, answers } = chat;
  const { used } = answers;
  if (copied + inserted + citationsOpened + used.of === 0) return null;
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">Answers in the chat</h2>
      <p>
        You opened {counted(citationsOpened, 'source')}, copied from answers {counted(copied, 'time')}, and
        inserted code from them {counted(inserted, 'time')}.
      </p>
      {used.of > 0 && (
        <p class="muted">
          {used.count.toLocaleString()} of {counted(used.of, 'answer')} that {used.of === 1 ? 'was' : 'were'}{' '}
          recorded from their end on were used: {percent(used.count, used.of)} (95 % interval:{' '}
          {interval(used)}
          ).
        </p>
      )}
    </section>
  );
}

function EmptyState({ isRecording }: { readonly isRecording: boolean }) {
  return (
    <section class="empty">
      <h2>Nothing recorded yet</h2>
      {isRecording ? (
        <p>
          Touchstone notes what becomes of its suggestions. Write some code, accept a suggestion with Tab or
          type past it, and come back.
        </p>
      ) : (
        <p>
          Recording is switched off. Switch it on in the settings to see here whether suggestions help you.
        </p>
      )}
    </section>
  );
}

/** Fills that differ without colour; charts name them in the style sheet. */
function Patterns() {
  return (
    <svg class="unseen" aria-hidden="true">
      <defs>
        {['hatch-typed', 'hatch-edited', 'hatch-replaced'].map((id) => (
          <pattern
            key={id}
            id={id}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform={id === 'hatch-replaced' ? 'rotate(-45)' : 'rotate(45)'}
          >
            <rect class={`${id} ground`} width="5" height="5" />
            <rect class={`${id} stripe`} width="2.5" height="5" />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

interface WhereKeptProps {
  readonly state: FeedbackState;
  readonly openSettings: () => void;
}

/** What the words mean, where the records are, and how to stop them. */
function WhereKept({ state, openSettings }: WhereKeptProps) {
  const { ledger, isRecording } = state;
  return (
    <footer>
      <h2>How to read this</h2>
      <p>
        <b>Ignored</b> means that other text was typed, the cursor left, another suggestion took its place,
        its editor was left, or minutes passed. The editor does not tell extensions whether a suggestion was
        on screen or dismissed with Esc, so some of these were never seen.
      </p>
      <p>
        <b>Kept, edited, replaced</b> compare the inserted tokens with what stands in their place: at most a
        tenth, at most half, or more of them changed. White space does not count.
      </p>
      <h2>Where this is kept</h2>
      <p>
        In one file on this machine, and nothing is sent anywhere:{' '}
        <code>
          <SeenText text={ledger} isLine />
        </code>
        . It holds times, languages, lengths and outcomes, never code.
      </p>
      <p>
        {isRecording ? 'Recording is on.' : 'Recording is off.'}{' '}
        <button type="button" class="link" onClick={openSettings}>
          Change the setting
        </button>
      </p>
    </footer>
  );
}
