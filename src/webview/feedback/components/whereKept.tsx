import type { FeedbackState } from '../../../protocol/feedbackState.ts';

export interface WhereKeptProps {
  readonly state: FeedbackState;
  readonly openSettings: () => void;
}

/** What the words mean, where the records are, and how to stop them. */
export function WhereKept({ state, openSettings }: WhereKeptProps) {
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
        In one file on this machine, and nothing is sent anywhere: <code>{ledger}</code>. It holds times,
        languages, lengths and outcomes, never code.
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
