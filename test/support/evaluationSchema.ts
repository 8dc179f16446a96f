import * as z from 'zod';
import type { Evaluation } from '../../src/evals/evaluation.ts';

const place = z.object({ path: z.string(), startLine: z.int().positive(), endLine: z.int().positive() });
const base = {
  id: z.string(),
  source: z.string(),
  language: z.string(),
  folder: z.string(),
  path: z.string(),
  elapsedMs: z.number(),
};
const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

const retrievalOutcome = z.object({
  ...base,
  question: z.string(),
  name: z.string(),
  gold: z.array(place),
  hits: z.array(
    place.extend({
      score: z.number(),
      legs: z.object({ lexical: z.number().exactOptional(), dense: z.number().exactOptional() }),
      startsClean: z.boolean(),
      endsClean: z.boolean(),
      code: z.string().nullable(),
    }),
  ),
  goldCode: z.array(z.string()),
  rank: z.int().positive().nullable(),
  miss: z
    .object({
      reason: z.enum(['ranked-low', 'right-file', 'no-shared-word', 'outranked']),
      foundAt: z.int().positive().nullable(),
      shared: z.array(z.string()),
    })
    .nullable(),
});

const completionOutcome = z.object({
  ...base,
  kind: z.enum(['line-start', 'token-border', 'inside-identifier']),
  line: z.int().positive(),
  expected: z.string(),
  before: z.string(),
  shown: z.string().nullable(),
  confidence: share.nullable(),
  heldBack: z.string().nullable(),
  isExact: z.boolean(),
  isFirstTokenExact: z.boolean(),
  similarity: share.nullable(),
  isWellFormed: z.boolean().nullable(),
});

const chatTrial = z.object({
  answer: z.string(),
  citations: z.array(place),
  retrieved: z.array(place),
  isAbstention: z.boolean(),
  inputTokens: count.nullable(),
  outputTokens: count.nullable(),
  cost: z.number().nullable(),
  firstTokenMs: z.number().nullable(),
  elapsedMs: z.number(),
  isReplayed: z.boolean(),
});

const chatOutcome = z.object({
  ...base,
  question: z.string(),
  gold: z.array(place),
  isAnswerable: z.boolean(),
  mustMention: z.array(z.string()),
  mustNotMention: z.array(z.string()),
  trials: z.array(chatTrial).min(1),
});

const score = z.object({
  metric: z.string(),
  label: z.string(),
  kind: z.enum(['rate', 'mean']),
  n: count,
  value: share.nullable(),
  interval: z.tuple([share, share]).nullable(),
});

const setScore = z.object({
  metric: z.string(),
  label: z.string(),
  kind: z.enum(['share', 'amount']),
  better: z.enum(['higher', 'lower']),
  value: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
});

const summary = z.object({
  scores: z.array(score),
  groups: z.record(z.string(), z.array(z.object({ name: z.string(), n: count, scores: z.array(score) }))),
  sets: z.array(setScore),
  latency: z
    .object({ p50Ms: z.number(), p95Ms: z.number(), p99Ms: z.number(), perSecond: z.number().nullable() })
    .nullable(),
  usage: z
    .object({
      runs: count,
      replayed: count,
      inputTokens: count.nullable(),
      outputTokens: count.nullable(),
      cost: z.number().nullable(),
      firstTokenP50Ms: z.number().nullable(),
      msPerToken: z.number().nullable(),
      tokensPerSecond: z.number().nullable(),
    })
    .nullable(),
});

const suiteParts = { summary, available: z.record(z.string(), count), remark: z.string().nullable() };

/** Reads an evaluation back that was stored as JSON. */
export const evaluationSchema: z.ZodType<Evaluation> = z.object({
  format: z.literal(1),
  workspace: z.string(),
  seed: z.int(),
  startedMs: z.number(),
  elapsedMs: z.number(),
  files: count,
  copies: z.array(z.string()),
  retrieval: z.object({ outcomes: z.array(retrievalOutcome), ...suiteParts }).nullable(),
  completion: z.object({ outcomes: z.array(completionOutcome), ...suiteParts }).nullable(),
  chat: z
    .object({
      outcomes: z.array(chatOutcome),
      model: z.string(),
      runs: z.int().positive(),
      errors: z.array(z.object({ id: z.string(), message: z.string() })),
      ...suiteParts,
    })
    .nullable(),
});
