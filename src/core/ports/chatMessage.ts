/** The messages of a conversation as they are kept in a file and shown in a view: one schema for both. */
import * as z from 'zod/mini';

/** Lines and citations are counted from 1. */
const ordinal = z.int().check(z.positive());
const count = z.int().check(z.nonnegative());

export const locatedCitation = z.object({
  number: ordinal,
  /** The workspace folder; empty when it is no longer open. */
  root: z.string(),
  path: z.string(),
  startLine: ordinal,
  endLine: ordinal,
});

export const tokenUsage = z.object({
  inputTokens: count,
  cachedInputTokens: z.exactOptional(count),
  outputTokens: count,
});

/** A change of a file, line by line, as somebody proposes it. */
export const proposedEdit = z.object({
  /** Unique in an answer. */
  id: z.string(),
  root: z.string(),
  path: z.string(),
  hunks: z.array(
    z.object({
      /** The first line that is replaced, or in front of which lines are added. */
      startLine: ordinal,
      /** What must stand there now. */
      removed: z.array(z.string()),
      added: z.array(z.string()),
    }),
  ),
});

export const progressStage = z.enum(['searching', 'reading', 'asking']);

/** A piece of an answer, in the order in which they came. */
const part = z.discriminatedUnion('type', [
  /** Markdown; `[n]` refers to the citation with that number. */
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('reasoning'), text: z.string() }),
  z.object({
    type: z.literal('tool'),
    id: z.string(),
    name: z.string(),
    input: z.unknown(),
    /** Absent while the tool runs, and for ever in an answer that ended meanwhile. */
    result: z.exactOptional(z.object({ text: z.string(), isError: z.boolean() })),
  }),
  z.object({ type: z.literal('edit'), edit: proposedEdit }),
]);

export const chatMessage = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), id: z.string(), text: z.string() }),
  z.object({
    role: z.literal('assistant'),
    id: z.string(),
    parts: z.array(part),
    citations: z.array(locatedCitation),
    /** What a person should know, as far as `note` does not say it yet. */
    notices: z.array(z.string()),
    /** Shown below the answer: who wrote it, or why it ended early. */
    note: z.string(),
    /** Who wrote it; absent until it is known. */
    source: z.exactOptional(z.string()),
    usage: z.exactOptional(tokenUsage),
    state: z.enum(['streaming', 'done', 'stopped', 'failed']),
    /** What is being done, until the first text. */
    stage: z.exactOptional(progressStage),
  }),
]);

export type LocatedCitation = z.infer<typeof locatedCitation>;
export type ProposedEdit = z.infer<typeof proposedEdit>;
export type ChatMessage = z.infer<typeof chatMessage>;
export type AnswerMessage = Extract<ChatMessage, { role: 'assistant' }>;
export type MessagePart = z.infer<typeof part>;
