import type { PromptVersion, TrialShare } from '../shared/provenance.ts';

/**
 * Says which wording of a prompt serves a request. Asked once for each request; what it says goes into the provenance. A
 * policy that draws brings its own source of randomness.
 */
export interface PromptPolicy {
  choose(request: PromptRequest): PromptChoice;
}

export interface PromptRequest {
  /** Id of the prompt, for example `chat.answer`. */
  readonly prompt: string;
  /** The editor's name of the language, where the request is about code in one. */
  readonly language?: string;
  /** Identity of the folder in the ledger, where the request is about one. */
  readonly workspace?: string;
}

export interface PromptChoice {
  readonly prompt: PromptVersion;
  /** Absent when no trial had a say. */
  readonly trials?: readonly TrialShare[];
}
