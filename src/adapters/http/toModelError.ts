import * as z from 'zod';
import { ModelResponseError } from '../../core/errors/modelErrors.ts';
import { TouchstoneError } from '../../core/errors/touchstoneError.ts';
import { causesOf } from './causesOf.ts';
import { connectionError } from './connectionError.ts';
import { type EndpointContext, ModelRefusal, refusalError } from './refusal.ts';

/**
 * What went wrong with a request, as an error of ours. `receivedLength` is undefined as long as no answer had begun. A
 * mistake in a program stays what it is.
 */
export function toModelError(
  error: unknown,
  context: EndpointContext,
  receivedLength: number | undefined,
): unknown {
  if (error instanceof ModelRefusal) return refusalError(error, context);
  const causes = causesOf(error);
  const own = causes.find((each) => each instanceof TouchstoneError);
  if (own) return own;
  const isMalformed = causes.some((each) => each instanceof SyntaxError || each instanceof z.ZodError);
  if (isMalformed) return new ModelResponseError(context.endpoint, 'malformed');
  // Whatever goes wrong below fetch has a code.
  const isConnection = causes.some((each) => 'code' in each);
  return isConnection ? connectionError(context.endpoint, causes, receivedLength) : error;
}
