/**
 * What the extension host sends to the feedback page, which validates it. A file of its own, so that activation does not
 * load what only the page needs.
 */
import * as z from 'zod/mini';
import type { FeedbackSummary } from '../core/signals/summary.ts';

const proportion = z.object({ count: z.number(), of: z.number(), low: z.number(), high: z.number() });

const counts = z.object({
  offered: z.number(),
  accepted: z.number(),
  partial: z.number(),
  typedThrough: z.number(),
  undone: z.number(),
  ignored: z.number(),
  acceptance: proportion,
  acceptanceOfSeen: proportion,
});

const answers = z.object({
  done: z.number(),
  stopped: z.number(),
  failed: z.number(),
  used: proportion,
});

const survivalStates = z.enum(['kept', 'edited', 'replaced', 'removed', 'lost']);

const summary: z.ZodMiniType<FeedbackSummary> = z.object({
  total: counts,
  byLanguage: z.record(z.string(), counts),
  bySource: z.record(z.string(), counts),
  byVariant: z.record(z.string(), counts),
  days: z.array(
    z.object({ day: z.iso.date(), accepted: z.number(), typedThrough: z.number(), unused: z.number() }),
  ),
  survival: z.array(
    z.object({
      dueMs: z.number(),
      kept: z.number(),
      edited: z.number(),
      replaced: z.number(),
      removed: z.number(),
      lost: z.number(),
    }),
  ),
  chat: z.object({
    copied: z.number(),
    inserted: z.number(),
    citationsOpened: z.number(),
    answers,
    bySource: z.record(z.string(), answers),
    byVariant: z.record(z.string(), answers),
  }),
  recent: z.array(
    z.object({
      at: z.number(),
      language: z.string(),
      source: z.string(),
      length: z.number(),
      outcome: z.enum(['accepted', 'partial', 'typed-through', 'undone', 'ignored', 'pending']),
      survival: z.exactOptional(survivalStates),
    }),
  ),
});

/** What the page shows; the page keeps nothing. */
const feedbackState = z.object({
  summary,
  /** Absolute path of the ledger file. */
  ledger: z.string(),
  /** The setting that allows recording. */
  isRecording: z.boolean(),
});

export const toFeedbackView = z.object({ type: z.literal('state'), state: feedbackState });

export type FeedbackState = z.infer<typeof feedbackState>;
export type ToFeedbackView = z.infer<typeof toFeedbackView>;
