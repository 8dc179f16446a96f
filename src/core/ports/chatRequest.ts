/** A question to a language model, in the terms that all providers share. */
export interface ChatRequest {
  /** Oldest first. System messages come first; the last message is the user's: answers are never begun for a model. */
  readonly messages: readonly ChatMessage[];
  readonly maxOutputTokens: number;
  /** 0…1; the provider's default when absent. Providers that have no such setting take no notice. */
  readonly temperature?: number;
  /** At most four texts that end the answer; they are not part of it. */
  readonly stop?: readonly string[];
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

export interface TextContent {
  readonly type: 'text';
  readonly text: string;
}

/** A call that the model has made. */
export interface ToolUse {
  readonly type: 'tool-use';
  /** The provider's name for this call, as its result must name it. */
  readonly id: string;
  readonly name: string;
  /** A JSON value, as a rule an object of the tool's schema. */
  readonly input: unknown;
}

/** What a call came to, in words for the model. */
export interface ToolResult {
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
