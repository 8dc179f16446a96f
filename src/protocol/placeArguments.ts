import * as z from 'zod/mini';

/** With `/`, and without a way out of the folder it is relative to. */
const relativePath = z.string().check(z.regex(/^(?![/\\])(?!(.*[/\\])?\.\.([/\\]|$))/));
const ordinal = z.int().check(z.positive());

/** What a link to lines of a file calls its command with: a relative path and its first and last line, from 1. */
export const placeArguments = z.tuple([relativePath, ordinal, ordinal]);

export type PlaceArguments = z.infer<typeof placeArguments>;
