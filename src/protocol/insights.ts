/** Messages of the feedback page to the extension host, which validates them; the other way is `insightsState.ts`. */
import * as z from 'zod/mini';

/** `ready` and `refresh` ask for the state, the others for what the buttons say. */
export const toInsightsHost = z.object({
  type: z.enum(['ready', 'refresh', 'export', 'delete', 'openSettings']),
});

export type ToInsightsHost = z.infer<typeof toInsightsHost>;
