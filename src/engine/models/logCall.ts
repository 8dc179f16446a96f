import type { CallEvent } from '../../core/models/callEvent.ts';
import type { Logger } from '../../core/ports/runtime.ts';

/** Writes what happens in calls to the log: never what was sent or answered. */
export function logCall(event: CallEvent, log: Logger): void {
  const call = `model call ${event.call} (${event.model} at ${event.endpoint})`;
  switch (event.type) {
    case 'started':
      log.debug(`${call} starts, for ${event.purpose}`);
      break;
    case 'sent':
      log.debug(`${call} sent, attempt ${event.attempt}, after ${event.elapsedMs} ms`);
      break;
    case 'retrying':
      log.info(`${call} failed with ${event.errorCode} and is repeated in ${event.delayMs} ms`);
      break;
    case 'first-token':
      log.debug(`${call} begins to answer after ${event.elapsedMs} ms`);
      break;
    case 'ended': {
      const { outcome, errorCode, elapsedMs, usage } = event;
      const tokens = usage ? `, ${usage.inputTokens} tokens in and ${usage.outputTokens} out` : '';
      const why = errorCode === undefined ? '' : ` with ${errorCode}`;
      log.info(`${call} ${outcome}${why} after ${elapsedMs} ms${tokens}`);
      break;
    }
  }
}
