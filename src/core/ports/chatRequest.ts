/** A question to a language model, in the terms that all providers share. */
export interface ChatRequest {
  /** Oldest first. System messages come first; the last message is the user's: answers are never begun for a model. */
  readonly messages: readonly ChatMessage[];
  readonly maxOutputTokens: number;
  /** 0…1; the provider's default when absent. Providers that have no such setting take no notice. */
  readonly temperature?: number;
  /** At most four texts that end the answer; they are not part of it. */
  readonly stop?: readonly string[];
}

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}
