import type { PromptVersion, StopReason, TokenUsage } from '../shared/provenance.ts';

/**
 * A language model that answers chat messages. Adapters make one attempt a call; deadlines, retries, accounting and
 * redaction are those of `models/modelClient.ts`, through which every call goes.
 */
export interface ChatModel {
  /** Provider and model, for example `openai:gpt-5-mini`: names the model in logs and accounts. Holds no key. */
  readonly id: string;
  /** Host of the endpoint. Models with the same endpoint fail together, so they are paused together. */
  readonly endpoint: string;
  /**
   * Sends the request when iteration begins. Ending the iteration early or aborting `signal` closes the connection at
   * once; an abort rejects with the signal's reason. All else that goes wrong is a `ModelError`.
   */
  stream(request: ChatRequest, signal: AbortSignal, onAlive?: OnAlive): AsyncIterable<ModelPart>;
}

/** A language model that fills in the middle of a file. The same rules hold as for a `ChatModel`. */
export interface CompletionModel {
  readonly id: string;
  readonly endpoint: string;
  /** What it is asked with, once that is known; nothing where an endpoint fills in the middle by itself. */
  readonly prompt?: () => PromptVersion | undefined;
  /** Streams the text to insert, without marks, fences or repeated context. */
  complete(request: FillRequest, signal: AbortSignal, onAlive?: OnAlive): AsyncIterable<ModelPart>;
}

/** Called when something came that is no part: a ping, a comment, a piece of an event. Tells waiting from hanging. */
export type OnAlive = () => void;

/** A model that turns texts into vectors. One attempt a call; the same rules hold as for a `ChatModel`. */
export interface EmbeddingModel {
  readonly id: string;
  readonly endpoint: string;
  readonly limits: EmbeddingLimits;
  /** Rejects with a `ModelError`, or with the signal's reason when it aborts. */
  embed(request: EmbeddingRequest, signal: AbortSignal): Promise<EmbeddingAnswer>;
}

/** Vectors of texts that were embedded before, by the same model and dims: for all folders, branches and worktrees. */
export interface EmbeddingCache {
  /** The vectors of the texts, in order; `undefined` for those that are not known. `embedder` is an `Embedder`'s id. */
  recall(embedder: string, texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]>;
  /** Durable once resolved. The least recently used are forgotten when there are too many. */
  keep(embedder: string, texts: readonly string[], vectors: readonly Float32Array[]): Promise<void>;
  close(): Promise<void>;
}

/** A model that says how well texts answer a query. The same rules hold as for an `EmbeddingModel`. */
export interface RerankModel {
  readonly id: string;
  readonly endpoint: string;
  rank(request: RerankRequest, signal: AbortSignal): Promise<RerankAnswer>;
}

/** A question to a language model, in the terms that all providers share. */
export interface ChatRequest {
  /** Oldest first. System messages come first; the last message is the user's: answers are never begun for a model. */
  readonly messages: readonly ChatMessage[];
  readonly maxOutputTokens: number;
  /** 0…1; the provider's default when absent. Providers that have no such setting take no notice. */
  readonly temperature?: number;
  /** At most four texts that end the answer; they are not part of it. */
  readonly stop?: readonly string[];
  /** `least`: the model is to answer at once, or to think as little as it can. Its own way when absent. */
  readonly thinking?: 'least';
  /** What the model may call. Needed as well when earlier messages hold calls: providers reject calls of unknown tools. */
  readonly tools?: readonly ToolDefinition[];
}

/** Texts that follow each other in a message are one text, cut anywhere. */
export type ChatMessage =
  | { readonly role: 'system'; readonly parts: readonly TextContent[] }
  /** Results come before text, and answer the calls of the message before. */
  | { readonly role: 'user'; readonly parts: readonly (TextContent | ToolResult)[] }
  | { readonly role: 'assistant'; readonly parts: readonly (TextContent | ToolUse)[] };

export type MessagePart = ChatMessage['parts'][number];

interface TextContent {
  readonly type: 'text';
  readonly text: string;
}

/** A call that the model has made. */
interface ToolUse {
  readonly type: 'tool-use';
  /** The provider's name for this call, as its result must name it. */
  readonly id: string;
  readonly name: string;
  /** A JSON value, as a rule an object of the tool's schema. */
  readonly input: unknown;
}

/** What a call came to, in words for the model. */
interface ToolResult {
  readonly type: 'tool-result';
  readonly id: string;
  readonly text: string;
  readonly isError?: boolean;
}

export interface ToolDefinition {
  readonly name: string;
  /** When to call it and what comes back, for the model. */
  readonly description: string;
  /** A JSON schema of type `object`. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** A message that is nothing but text. */
export function textMessage(role: ChatMessage['role'], text: string): ChatMessage {
  return { role, parts: [{ type: 'text', text }] };
}

/** The text of a message as a whole; calls and results are not part of it. */
export function textOf({ parts }: ChatMessage): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** True for messages without calls and results. */
export function isText({ parts }: ChatMessage): boolean {
  return parts.every(({ type }) => type === 'text');
}

/**
 * What a model streams: parts in any order and then exactly one `done`. A stream that ends without `done` was cut off.
 */
export type ModelPart = TextPart | ReasoningPart | RetractPart | ToolCallPart | UsagePart | DonePart;

/** A piece of the answer; never empty. */
interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/**
 * The model works on something that is not part of the answer. Tells waiting from hanging. Empty when the provider does
 * not show it. After an attempt that failed before its first text, that of the next one follows.
 */
interface ReasoningPart {
  readonly type: 'reasoning';
  readonly text: string;
}

/** All text so far was what the model thought, as the mark at its end has shown: the answer begins now. */
interface RetractPart {
  readonly type: 'retract';
}

/** The model wants a tool to be called; comes when its input is complete. */
export interface ToolCallPart {
  readonly type: 'tool-call';
  /** To be named by the result. */
  readonly id: string;
  readonly name: string;
  /** A JSON value that no schema has checked. */
  readonly input: unknown;
}

/** What the provider has counted so far; a later one replaces it. Absent when it does not say. */
export interface UsagePart {
  readonly type: 'usage';
  readonly usage: TokenUsage;
}

export interface DonePart {
  readonly type: 'done';
  readonly stopReason: StopReason;
}

/** What should stand between `prefix` and `suffix`? For models that were trained to fill in the middle. */
export interface FillRequest {
  /** Path of the file, relative to the workspace folder. */
  readonly path: string;
  /** Text before the cursor, cut by the caller to what the model can take. */
  readonly prefix: string;
  /** Text after the cursor, cut likewise. */
  readonly suffix: string;
  /** Excerpts of other files that help, least useful first: what is next to the prefix counts most. */
  readonly context: readonly FillContext[];
  readonly maxOutputTokens: number;
  readonly temperature?: number;
  /** At most four texts that end the completion, apart from the model's own marks. */
  readonly stop?: readonly string[];
}

interface FillContext {
  readonly path: string;
  readonly text: string;
}

/** Texts of a workspace are compared with questions about them, and many models embed the two differently. */
type EmbeddingKind = 'document' | 'query';

export interface EmbeddingRequest {
  /** Within the model's limits. */
  readonly texts: readonly string[];
  readonly kind: EmbeddingKind;
}

export interface EmbeddingAnswer {
  /** One a text, in order, all of the same dims; finite, of any length. */
  readonly vectors: readonly Float32Array[];
  /** As counted by the provider; undefined when it does not say. */
  readonly inputTokens: number | undefined;
}

/** What one request may hold at most. Tokens are counted by `estimateTokens`, which errs on the high side. */
export interface EmbeddingLimits {
  readonly texts: number;
  readonly tokens: number;
  /** Longer texts are cut: providers refuse them, with all that came along. */
  readonly tokensPerText: number;
}

interface RerankRequest {
  readonly query: string;
  readonly texts: readonly string[];
}

interface RerankAnswer {
  /** How well each text answers the query, in the order of the texts; comparable within this answer only. */
  readonly scores: readonly number[];
  /** As counted by the provider; undefined when it does not say. */
  readonly inputTokens: number | undefined;
}
