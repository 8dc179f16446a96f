import * as z from 'zod/mini';
import type { SignalRecord } from '../../core/ports/signalRecord.ts';

const common = { id: z.string(), at: z.number(), workspace: z.string() };

const prompt = z.object({ id: z.string(), variant: z.number() });

const usage = z.object({
  inputTokens: z.number(),
  cachedInputTokens: z.exactOptional(z.number()),
  outputTokens: z.number(),
  costUsd: z.exactOptional(z.number()),
});

const arm = z.object({ name: z.string(), settings: z.string(), prompt: z.exactOptional(prompt) });

const trial = z.object({
  trial: z.string(),
  arm,
  propensity: z.number(),
  duel: z.exactOptional(
    z.object({
      against: arm,
      output: z.enum(['equal', 'different', 'none']),
      draw: z.exactOptional(z.object({ stratum: z.string(), block: z.string(), position: z.number() })),
    }),
  ),
});

const provenance = z.object({
  source: z.string(),
  model: z.exactOptional(z.string()),
  prompt: z.exactOptional(prompt),
  settings: z.exactOptional(z.string()),
  trials: z.exactOptional(z.array(trial)),
  latencyMs: z.exactOptional(z.number()),
  firstTextMs: z.exactOptional(z.number()),
  isCached: z.exactOptional(z.literal(true)),
  usage: z.exactOptional(usage),
  assists: z.exactOptional(
    z.array(
      z.object({
        model: z.string(),
        prompt: z.exactOptional(prompt),
        latencyMs: z.number(),
        usage: z.exactOptional(usage),
        failure: z.exactOptional(z.string()),
      }),
    ),
  ),
});

/**
 * Checks what comes back from the ledger's file, brought to the format of now (`signalMigrations.ts`). Another version
 * may have written it, so within a format whatever is added to a kind is optional, and everything else that is new is a
 * kind of its own.
 */
export const SIGNAL_SCHEMA: z.ZodMiniType<SignalRecord> = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('offered'),
    language: z.string(),
    length: z.number(),
    lines: z.number(),
    confidence: z.number(),
    position: z.exactOptional(z.enum(['blank-line', 'line-end', 'inside-line'])),
    trigger: z.exactOptional(z.enum(['automatic', 'invoked'])),
    program: z.exactOptional(z.string()),
    provenance,
  }),
  z.object({ ...common, kind: z.literal('shown'), afterMs: z.number(), visibleMs: z.number() }),
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
    kind: z.literal('answered'),
    state: z.enum(['done', 'stopped', 'failed']),
    turn: z.number(),
    length: z.number(),
    citations: z.number(),
    checked: z.exactOptional(z.number()),
    supported: z.exactOptional(z.number()),
    invented: z.exactOptional(z.number()),
    isAbstention: z.exactOptional(z.literal(true)),
    program: z.exactOptional(z.string()),
    provenance,
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
