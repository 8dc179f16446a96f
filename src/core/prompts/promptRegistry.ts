import { chatAnswer } from './chatAnswer.ts';
import { completionFill } from './completionFill.ts';
import type { PromptTemplate } from './promptTemplate.ts';
import { searchRank } from './searchRank.ts';

/** The smallest request that shows whether a model answers. */
const modelProbe: PromptTemplate<null> = {
  id: 'model.probe',
  variants: [
    {
      version: 1,
      build: () => [{ role: 'user', pieces: [{ name: 'question', text: 'Say OK.', priority: 'required' }] }],
    },
  ],
  default: 1,
};

/** Every prompt that is ever sent, by id. */
export const prompts = {
  'chat.answer': chatAnswer,
  'completion.fill': completionFill,
  'model.probe': modelProbe,
  'search.rank': searchRank,
} as const;

export type PromptId = keyof typeof prompts;

export type PromptInput<Id extends PromptId> =
  (typeof prompts)[Id] extends PromptTemplate<infer Input> ? Input : never;
