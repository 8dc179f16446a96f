import { chatAnswer } from './chatAnswer.ts';
import { modelProbe } from './modelProbe.ts';
import type { PromptTemplate } from './promptTemplate.ts';
import { searchRank } from './searchRank.ts';

/** Every prompt that is ever sent, by id. */
export const prompts = {
  'chat.answer': chatAnswer,
  'model.probe': modelProbe,
  'search.rank': searchRank,
} as const;

export type PromptId = keyof typeof prompts;

export type PromptInput<Id extends PromptId> =
  (typeof prompts)[Id] extends PromptTemplate<infer Input> ? Input : never;
