import { proportion } from '../../src/core/signals/proportion.ts';
import type { FeedbackState } from '../../src/protocol/feedbackState.ts';

type Summary = FeedbackState['summary'];
type Counts = Summary['total'];

type Ends = Pick<Counts, 'accepted' | 'partial' | 'typedThrough' | 'undone' | 'ignored'>;

function counts(
  [accepted, partial, typedThrough, undone, ignored]: readonly [number, number, number, number, number],
  open = 0,
  unseen = 0,
): Counts {
  const ends: Ends = { accepted, partial, typedThrough, undone, ignored };
  const decided = Object.values(ends).reduce((sum, count) => sum + count, 0);
  return {
    ...ends,
    offered: decided + open,
    acceptance: proportion(accepted + partial, decided),
    acceptanceOfSeen: proportion(accepted + partial, decided - unseen),
  };
}

function answers(done: number, used: number): Summary['chat']['answers'] {
  return { done, stopped: 0, failed: 0, used: proportion(used, done) };
}

const days: Summary['days'] = Array.from({ length: 21 }, (_, index) => ({
  day: new Date(Date.UTC(2026, 9, 31 + index)).toISOString().slice(0, 10),
  accepted: [4, 9, 0, 12, 7, 3, 0][index % 7] ?? 0,
  typedThrough: [1, 3, 0, 2, 4, 1, 0][index % 7] ?? 0,
  unused: [9, 14, 0, 17, 8, 11, 0][index % 7] ?? 0,
}));

const survival: Summary['survival'] = [
  { dueMs: 30_000, kept: 71, edited: 12, replaced: 5, removed: 8, lost: 2 },
  { dueMs: 120_000, kept: 60, edited: 15, replaced: 9, removed: 10, lost: 2 },
];

const recent: Summary['recent'] = (
  ['accepted', 'ignored', 'partial', 'typed-through', 'undone', 'pending'] as const
).map((outcome, index) => ({
  at: Date.UTC(2026, 10, 20, 14, 50 - index),
  language: index % 2 === 0 ? 'typescript' : 'go',
  source: 'workspace-model',
  length: 18 + index * 7,
  outcome,
  ...(outcome === 'accepted' && { survival: 'kept' as const }),
}));

const nothing: Summary = {
  total: counts([0, 0, 0, 0, 0]),
  byLanguage: {},
  bySource: {},
  byVariant: {},
  days: [],
  survival: [],
  chat: {
    ...{ copied: 0, inserted: 0, citationsOpened: 0 },
    answers: answers(0, 0),
    bySource: {},
    byVariant: {},
  },
  recent: [],
};

const ledger = '/home/ada/.config/Code/User/globalStorage/touchstone.touchstone/signals.sqlite';

/** What the feedback page may have to show. */
export const feedbackStates = {
  empty: { summary: nothing, ledger, isRecording: true },
  off: { summary: nothing, ledger, isRecording: false },
  first: {
    summary: {
      ...nothing,
      total: counts([1, 0, 0, 0, 0], 1),
      byLanguage: { go: counts([1, 0, 0, 0, 0], 1) },
      bySource: { 'workspace-model': counts([1, 0, 0, 0, 0], 1) },
      days: [{ day: '2026-11-20', accepted: 1, typedThrough: 0, unused: 0 }],
      recent: recent.slice(0, 1),
    },
    ledger,
    isRecording: true,
  },
  rich: {
    summary: {
      total: counts([93, 12, 33, 4, 162], 3, 41),
      byLanguage: {
        typescript: counts([70, 9, 20, 3, 110], 2),
        go: counts([20, 3, 10, 1, 40], 1),
        'javascriptreact-with-a-long-name': counts([3, 0, 3, 0, 12]),
      },
      bySource: { 'workspace-model': counts([93, 12, 33, 4, 162], 3, 41) },
      byVariant: {},
      days,
      survival,
      chat: {
        ...{ copied: 14, inserted: 1, citationsOpened: 37 },
        answers: answers(52, 29),
        bySource: { extractive: answers(52, 29) },
        byVariant: {},
      },
      recent,
    },
    ledger,
    isRecording: true,
  },
} as const satisfies Readonly<Record<string, FeedbackState>>;
