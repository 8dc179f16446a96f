import type { FeedbackState } from '../../../protocol/feedbackState.ts';
import { counted } from '../format.ts';

/** What answers of the chat were used for; nothing when they were not. */
export function Answers({ chat }: { readonly chat: FeedbackState['summary']['chat'] }) {
  const { copied, inserted, citationsOpened } = chat;
  if (copied + inserted + citationsOpened === 0) return null;
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">Answers in the chat</h2>
      <p>
        You opened {counted(citationsOpened, 'source')}, copied from answers {counted(copied, 'time')}, and
        inserted code from them {counted(inserted, 'time')}.
      </p>
    </section>
  );
}
