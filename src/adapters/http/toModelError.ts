import * as z from 'zod';
import { ModelResponseError } from '../../core/errors/modelErrors.ts';
import { TouchstoneError } from '../../core/errors/touchstoneError.ts';
import { causesOf } from './causesOf.ts';
import { answerError, type Refusal } from './answerError.ts';
import { connectionError } from './connectionError.ts';
import type { EndpointContext } from './endpointContext.ts';

const word = z.union([z.string(), z.number().transform(String)]).nullish();
const details = z.object({ type: word, code: word, message: z.string().nullish(), detail: word });

/** What both SDKs throw for a refusal: a status when there was one, and the body, or the part of it named `error`. */
const sdkError = z.object({
  status: z.number().optional(),
  headers: z.instanceof(Headers).optional(),
  error: z.union([z.object({ error: details }).transform(({ error }) => error), details, z.string()]),
});
const sdkStatus = z.object({ status: z.number(), headers: z.instanceof(Headers).optional() });

/**
 * What an SDK threw, as an error of ours. SDK errors do not become causes: some of them hold requests or answers.
 * `receivedLength` is undefined as long as no answer had begun. A mistake in a program stays what it is.
 */
export function toModelError(
  error: unknown,
  context: EndpointContext,
  receivedLength: number | undefined,
): unknown {
  const causes = causesOf(error);
  const own = causes.find((each) => each instanceof TouchstoneError);
  if (own) return own;
  const refusal = readRefusal(error);
  if (refusal) return answerError(refusal, context);
  const isMalformed = causes.some((each) => each instanceof SyntaxError || each instanceof z.ZodError);
  if (isMalformed) return new ModelResponseError(context.endpoint, 'malformed');
  // Whatever goes wrong below fetch has a code.
  const isConnection = causes.some((each) => 'code' in each);
  return isConnection ? connectionError(context.endpoint, causes, receivedLength) : error;
}

function readRefusal(error: unknown): Refusal | undefined {
  const full = sdkError.safeParse(error);
  if (full.success) {
    const { status, headers, error: body } = full.data;
    if (typeof body === 'string') return { status, headers, types: [], message: body };
    const types = [body.type, body.code].filter((each) => typeof each === 'string');
    return { status, headers, types, message: body.message ?? body.detail ?? '' };
  }
  const bare = sdkStatus.safeParse(error);
  return bare.success ? { ...bare.data, types: [], message: '' } : undefined;
}
