import type { FeedbackState } from '../../../protocol/feedbackState.ts';
import { counted, interval, percent } from '../format.ts';

/** How many answers of the chat were used, and for what; nothing when there were none. */
export function Answers({ chat }: { readonly chat: FeedbackState['summary']['chat'] }) {
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
