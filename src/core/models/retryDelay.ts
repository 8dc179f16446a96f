import type { ModelError } from '../errors/modelErrors.ts';
import type { CallPolicy } from './callPolicy.ts';

/**
 * Milliseconds to wait before trying again after `attempt` (from 1) failed, or undefined when the call should fail.
 *
 * Full jitter: uniform below an exponential bound, so that clients which failed together do not return together
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). What the endpoint asks for comes on top.
 */
export function retryDelayMs(
  error: ModelError,
  attempt: number,
  policy: CallPolicy,
  random: () => number,
): number | undefined {
  if (!error.isTransient || attempt >= policy.attempts) return undefined;
  const asked = error.retryAfterMs ?? 0;
  if (asked > policy.maxRetryAfterMs) return undefined;
  const bound = Math.min(policy.maxBackoffMs, policy.backoffMs * 2 ** (attempt - 1));
  return asked + Math.floor(random() * bound);
}
