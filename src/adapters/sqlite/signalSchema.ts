import * as z from 'zod/mini';
import type { SignalRecord } from '../../core/ports/signalRecord.ts';

const common = { id: z.string(), at: z.number(), workspace: z.string() };

/**
 * Checks what comes back from the ledger's file, which an older or newer version may have written: whatever is added
 * to a kind is optional for ever, and everything else that is new is a kind of its own.
 */
export const SIGNAL_SCHEMA: z.ZodMiniType<SignalRecord> = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('offered'),
    language: z.string(),
    source: z.string(),
    length: z.number(),
    lines: z.number(),
    confidence: z.number(),
  }),
  z.object({ ...common, kind: z.literal('partial'), length: z.number(), afterMs: z.number() }),
  z.object({
    ...common,
    kind: z.literal('outcome'),
    outcome: z.enum(['accepted', 'typed-through', 'ignored']),
    reason: z.exactOptional(z.enum(['diverged', 'superseded', 'moved', 'expired', 'closed'])),
    length: z.exactOptional(z.number()),
    afterMs: z.number(),
  }),
  z.object({ ...common, kind: z.literal('undone'), afterMs: z.number() }),
  z.object({
    ...common,
    kind: z.literal('survival'),
    dueMs: z.number(),
    afterMs: z.number(),
    state: z.enum(['kept', 'edited', 'replaced', 'removed', 'lost']),
    similarity: z.exactOptional(z.number()),
    length: z.number(),
    reason: z.exactOptional(z.enum(['closed', 'outside'])),
  }),
  z.object({
    ...common,
    kind: z.literal('chat'),
    source: z.string(),
    action: z.enum(['copied', 'inserted', 'citation-opened']),
    part: z.exactOptional(z.enum(['answer', 'block', 'selection'])),
    length: z.exactOptional(z.number()),
  }),
]);
