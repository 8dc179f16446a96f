/**
 * Decides what is shown among the proposals of several sources. A pure state machine; the policy:
 *
 * 1. A proposal counts only for the question that is open: the same document, the same version of it, the same cursor.
 *    A new question, an edit or a move of the cursor ends the one before, and what is said to it later is dropped.
 * 2. While nothing is shown, the first proposal is shown at once, whoever makes it: a text now is worth more than
 *    perhaps a better one in half a second, and sources are silent by themselves about what is improbable.
 * 3. What is shown is left alone, but for two cases. An *extension* keeps every character that is shown in its place
 *    and puts more behind: it replaces whenever it comes. *Other text* replaces only for a clear gain, which is at least
 *    `MIN_GAIN` more confidence than anything had that is shown, and at most once for a question: text that changes
 *    twice while it is being read is worse than text that is wrong.
 * 4. What would leave the same document as what is shown is no news. The first to say it keeps the credit.
 *
 * These hold for a source that refines its own answer as they do between sources.
 */
import type { Proposal } from '../ports/completionSource.ts';
import { isExtension, isSameEdit } from '../text/textEdit.ts';

/** How much more probable other text must be to take the place of what is shown. */
export const MIN_GAIN = 0.2;

/** Where a suggestion is wanted. */
export interface Question {
  readonly path: string;
  readonly version: number;
  /** UTF-16 offset of the cursor in `text`. */
  readonly offset: number;
  /** The document in that version. */
  readonly text: string;
}

/** Names a question; compared member by member. */
export type QuestionKey = Pick<Question, 'path' | 'version' | 'offset'>;

export interface ArbiterState {
  readonly question: Question | undefined;
  readonly shown: Proposal | undefined;
  /** Of what is shown, or of the part of it that was shown first if that was given more. */
  readonly confidence: number;
  /** Other text has taken the place of what was shown first. */
  readonly isReplaced: boolean;
  /** Sources that may still propose something. */
  readonly pending: readonly string[];
}

export type ArbiterEvent =
  /** `sources` have been asked. */
  | { readonly kind: 'asked'; readonly question: Question; readonly sources: readonly string[] }
  | { readonly kind: 'proposed'; readonly question: QuestionKey; readonly proposal: Proposal }
  /** A source has nothing more to say, or has failed. */
  | { readonly kind: 'finished'; readonly question: QuestionKey; readonly source: string }
  /** The document changed, or the cursor went elsewhere, and nothing was asked yet. */
  | { readonly kind: 'left' };

export type Decision =
  /** Shows the proposal where nothing was. */
  | { readonly action: 'show'; readonly proposal: Proposal }
  | {
      readonly action: 'replace';
      readonly proposal: Proposal;
      readonly because: 'extension' | 'clear gain';
    }
  | { readonly action: 'drop'; readonly because: DropReason }
  | { readonly action: 'wait' };

export type DropReason = 'outdated' | 'same text' | 'no clear gain' | 'replaced before';

export interface ArbiterStep {
  readonly state: ArbiterState;
  readonly decision: Decision;
}

export const initialArbiter: ArbiterState = {
  question: undefined,
  shown: undefined,
  confidence: 0,
  isReplaced: false,
  pending: [],
};

/** The state after an event, and what is to be done about it. */
export function advanceArbiter(state: ArbiterState, event: ArbiterEvent): ArbiterStep {
  switch (event.kind) {
    case 'asked':
      return waiting({ ...initialArbiter, question: event.question, pending: event.sources });
    case 'left':
      return waiting(initialArbiter);
    case 'finished':
      if (!isOpen(state, event.question)) return waiting(state);
      return waiting({ ...state, pending: state.pending.filter((source) => source !== event.source) });
    case 'proposed':
      return weigh(state, event.question, event.proposal);
  }
}

function weigh(state: ArbiterState, key: QuestionKey, proposal: Proposal): ArbiterStep {
  const { question, shown, confidence, isReplaced } = state;
  const drop = (because: DropReason): ArbiterStep => ({ state, decision: { action: 'drop', because } });
  if (!question || !isOpen(state, key)) return drop('outdated');
  const next = { ...state, shown: proposal, confidence: proposal.confidence };
  if (!shown) return { state: next, decision: { action: 'show', proposal } };
  if (isSameEdit(proposal.edit, shown.edit, question.text)) return drop('same text');
  if (isExtension(proposal.edit, shown.edit, question.text)) {
    return {
      state: { ...next, confidence: Math.max(confidence, proposal.confidence) },
      decision: { action: 'replace', proposal, because: 'extension' },
    };
  }
  if (proposal.confidence < confidence + MIN_GAIN) return drop('no clear gain');
  if (isReplaced) return drop('replaced before');
  return {
    state: { ...next, isReplaced: true },
    decision: { action: 'replace', proposal, because: 'clear gain' },
  };
}

function waiting(state: ArbiterState): ArbiterStep {
  return { state, decision: { action: 'wait' } };
}

function isOpen({ question }: ArbiterState, key: QuestionKey): boolean {
  return question?.path === key.path && question.version === key.version && question.offset === key.offset;
}
