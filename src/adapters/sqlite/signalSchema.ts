import * as z from 'zod';
import type { SignalRecord } from '../../core/signals/record.ts';

const common = { id: z.string(), at: z.number(), workspace: z.string() };

/** Checks what comes back from the ledger's file, which an older or newer version may have written. */
export const SIGNAL_SCHEMA: z.ZodType<SignalRecord> = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('offered'),
    language: z.string(),
    source: z.string(),
    length: z.number(),
    lines: z.number(),
    confidence: z.number(),
  }),
  z.object({
    ...common,
    kind: z.literal('outcome'),
    outcome: z.enum(['accepted', 'ignored']),
    reason: z.enum(['diverged', 'superseded', 'moved', 'expired', 'closed']).exactOptional(),
    afterMs: z.number(),
  }),
]);
