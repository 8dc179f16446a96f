import * as z from 'zod';

const LONGEST = 2_000;
const text = z.string().trim().min(1).max(LONGEST);

const id = text.optional().meta({
  description:
    'A name for the case that is unique in this file. Results of two runs are paired by it, so the question can be reworded. Without it the question itself is the name.',
});
const tags = z.array(text).default([]).meta({ description: 'Words to file the case under.' });
const question = text.meta({ description: 'What is asked, in the words of somebody who works on the code.' });
const gold = z.array(text).meta({
  description:
    'Where the answer is: a path in the workspace, alone or with lines or a name: src/money.ts, src/money.ts#L10-L20, src/money.ts#roundCents, src/money.ts#Money.round.',
});

/** A question for the chat. */
export const chatEntry = z
  .strictObject({
    id,
    question,
    gold: gold.default([]),
    mustMention: z
      .array(text)
      .default([])
      .meta({ description: 'Text that every right answer contains. Letter case does not matter.' }),
    mustNotMention: z
      .array(text)
      .default([])
      .meta({ description: 'Text that no right answer contains. Letter case does not matter.' }),
    answerable: z.boolean().default(true).meta({
      description: 'false when the workspace does not hold the answer and saying so is right.',
    }),
    tags,
  })
  .refine(({ answerable, gold: places }) => answerable === places.length > 0, {
    path: ['gold'],
    error: ({ input }) =>
      (input as { answerable: boolean }).answerable
        ? 'An answerable question needs `gold`. List where the answer is, or write `answerable: false`.'
        : 'A question that is not answerable has no `gold`. Remove one of the two.',
  })
  .meta({ description: 'A question for the chat.' });

/** A search. */
export const retrievalEntry = z
  .strictObject({ id, question, gold: gold.min(1), tags })
  .meta({ description: 'A search. Finding any of the gold places is right.' });

/** A line to be completed. */
export const completionEntry = z
  .strictObject({
    id,
    path: text.meta({ description: 'The file, as a path in the workspace.' }),
    before: z.string().max(LONGEST).meta({
      description:
        'The line up to the cursor, without its indentation. Empty for a cursor at the start of the line.',
    }),
    expected: text.meta({ description: 'The rest of the line as it stands in the file.' }),
    tags,
  })
  .meta({ description: 'A line whose rest is hidden and is to be completed.' });

/** What a `*.eval.yaml` file holds. The JSON schema in media/ is made from this. */
export const caseFileSchema = z
  .strictObject({
    tags,
    chat: z.array(chatEntry).default([]).meta({ description: 'Questions for the chat.' }),
    retrieval: z.array(retrievalEntry).default([]).meta({ description: 'Searches.' }),
    completion: z.array(completionEntry).default([]).meta({ description: 'Lines to be completed.' }),
  })
  .meta({ title: 'Touchstone evaluation cases', description: 'Evaluation cases written by hand.' });

export type ChatEntry = z.infer<typeof chatEntry>;
export type RetrievalEntry = z.infer<typeof retrievalEntry>;
export type CompletionEntry = z.infer<typeof completionEntry>;
export type CaseFile = z.infer<typeof caseFileSchema>;

export const CASE_KINDS = ['chat', 'retrieval', 'completion'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];
