/**
 * What made a suggestion or an answer. It travels with what is shown and into the ledger, where whoever learns from the
 * records compares by it: it is complete when it is made, for a row cannot be repaired later.
 */

export interface Provenance {
  /** Which part of Touchstone made the text: `workspace-model`, `extractive`, `model`. */
  readonly source: string;
  /** Provider and model that wrote the text, for example `openai:gpt-5-mini`; absent when no language model did. */
  readonly model?: string;
  /** What that model was asked with. */
  readonly prompt?: PromptVersion;
  /** `settingsDigest` of the tunable settings in force. */
  readonly settings: string;
  /** One for each trial it took part in; absent when it took part in none. */
  readonly trials?: readonly TrialShare[];
  /** Milliseconds from the request to the whole text, or to where it ended. */
  readonly latencyMs: number;
  /** Milliseconds from the request to the first text, where that came before the whole. */
  readonly firstTextMs?: number;
  /** True when the text was not made for this request but kept from an earlier one. */
  readonly isCached?: true;
  /** Of the call that wrote the text; absent when no model did, or the provider did not say. */
  readonly usage?: UsageWithCost;
  /** Other calls of models that had a part in it, failed ones too, in the order made: for example one that ranked. */
  readonly assists?: readonly AssistingCall[];
}

/** A wording of a prompt of the registry. Published wordings never change, so this says what was sent. */
export interface PromptVersion {
  /** For example `chat.answer`. */
  readonly id: string;
  /** From 1. */
  readonly variant: number;
}

/** `chat.answer@1` */
export function promptName({ id, variant }: PromptVersion): string {
  return `${id}@${variant}`;
}

interface UsageWithCost extends TokenUsage {
  /** US dollars; absent when the price is not known. Zero is only what costs nothing. */
  readonly costUsd?: number;
}

export interface AssistingCall {
  readonly model: string;
  readonly prompt?: PromptVersion;
  readonly latencyMs: number;
  readonly usage?: UsageWithCost;
  /** Code of the error that ended it; absent of one that served. */
  readonly failure?: string;
}

/** A trial's part in what was shown. */
export interface TrialShare {
  /** Names the trial among all that ever ran here; a permanent holdout is a trial of its own. */
  readonly trial: string;
  /** Whose output was shown. */
  readonly arm: TrialArm;
  /** The probability, above 0, with which this arm was chosen here; 1 where there was nothing to choose, as at a tie. */
  readonly propensity: number;
  /** Of a trial that makes the output of two arms for each request, and shows one. */
  readonly duel?: Duel;
}

/** What an arm is, by content: the same after a restart and in an export. */
interface TrialArm {
  /** Within its trial, for example `champion`. */
  readonly name: string;
  /** `settingsDigest` of the settings under this arm. */
  readonly settings: string;
  /** Absent when the arm asks no model. */
  readonly prompt?: PromptVersion;
}

interface Duel {
  /** Whose output was not shown. */
  readonly against: TrialArm;
  /** Its output beside the one shown: `equal` once normalised, a tie that is not counted; `none`: it had nothing to show. */
  readonly output: 'equal' | 'different' | 'none';
  /** Where the draw belongs; absent at a tie, for which nothing is drawn. */
  readonly draw?: DuelDraw;
}

/** Draws are balanced in small blocks within a stratum: each block has every arm equally often, in random order. */
interface DuelDraw {
  /** What the requests of the block have in common, for example `go|end-of-line`. */
  readonly stratum: string;
  /** Unique within the trial. */
  readonly block: string;
  /** Of this draw in its block, from 0. */
  readonly position: number;
}

/** Settings that a learner may tune, by name. Not among them: what a person chose about models, consent or privacy. */
type TunableSettings = Readonly<Record<string, string | number | boolean>>;

/**
 * 16 hex digits that stand for the settings, whatever the order in which they are named: FNV-1a of 64 bits, which tells
 * apart what nobody picks in order to be mistaken for something else.
 */
export function settingsDigest(settings: TunableSettings): string {
  const sorted = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(JSON.stringify(sorted))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

/**
 * `stop`: the model had finished or came to a stop text; `length`: the limit of tokens was reached; `filter`: the provider
 * or the model refused to go on; `tool`: it waits for the results of its calls; `other`: anything else.
 */
export type StopReason = 'stop' | 'length' | 'filter' | 'tool' | 'other';

/** As counted by the provider. */
export interface TokenUsage {
  /** All tokens sent, those from a cache included. */
  readonly inputTokens: number;
  /** How many of them came from the provider's cache; absent when it does not say. */
  readonly cachedInputTokens?: number;
  readonly outputTokens: number;
}
