import * as z from 'zod/mini';

/** The last report on a folder, as the extension keeps it. */
export const storedEvaluation = z.object({
  format: z.literal(1),
  name: z.string(),
  /** Absolute path of the folder. */
  root: z.string(),
  report: z.object({
    page: z.string(),
    html: z.string(),
    json: z.string(),
    cases: z.number(),
    remarks: z.array(z.string()),
  }),
});
