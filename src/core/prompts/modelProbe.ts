import type { PromptTemplate } from './promptTemplate.ts';

/** The smallest request that shows whether a model answers. */
export const modelProbe: PromptTemplate<null> = {
  id: 'model.probe',
  variants: [
    {
      version: 1,
      build: () => [{ role: 'user', pieces: [{ name: 'question', text: 'Say OK.', priority: 'required' }] }],
    },
  ],
  default: 1,
};
