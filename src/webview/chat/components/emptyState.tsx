import { TouchstoneMark } from './icons.tsx';

export interface EmptyStateProps {
  readonly canAsk: boolean;
  readonly ask: (question: string) => void;
}

/** Answerable in nearly any repository. */
const EXAMPLES = [
  'Where does the program start?',
  'How is configuration loaded?',
  'Where are errors handled?',
] as const;

export function EmptyState({ canAsk, ask }: EmptyStateProps) {
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
