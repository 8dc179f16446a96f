/** Messages of the feedback page to the extension host, which validates them; the other way is `feedbackState.ts`. */
import * as z from 'zod/mini';

/** `ready` and `refresh` ask for the state, the others for what the buttons say. */
export const toFeedbackHost = z.object({
  type: z.enum(['ready', 'refresh', 'export', 'delete', 'openSettings']),
});

export type ToFeedbackHost = z.infer<typeof toFeedbackHost>;
