import { ModelCutOffError } from '../../core/errors/modelErrors.ts';
import type { DonePart, ModelPart } from '../../core/ports/models.ts';
import type { EndpointContext } from './endpointOptions.ts';
import { toModelError } from './toModelError.ts';

/** Understands one answer's events in order. One instance an answer. */
export interface EventReader {
  /** What an event carries. Events of unknown kinds carry nothing; throws when one cannot be read. */
  read(event: unknown): Iterable<Exclude<ModelPart, DonePart>>;
  /** Undefined until the provider has said why the answer ends: without that, it was cut off. */
  readonly done: DonePart | undefined;
}

/** Streams an answer's parts, with the errors that a `ChatModel` promises. `open` sends the request. */
export async function* streamParts(
  open: () => Promise<AsyncIterable<unknown>>,
  reader: EventReader,
  context: EndpointContext,
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  let receivedLength: number | undefined;
  try {
    signal.throwIfAborted();
    const events = await open();
    receivedLength = 0;
    for await (const event of events) {
      for (const part of reader.read(event)) {
        if (part.type === 'text') receivedLength += part.text.length;
        yield part;
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    // Only the count of tokens can be missing from an answer that has given its reason to end.
    if (!reader.done) throw toModelError(error, context, receivedLength);
  }
  // An SDK's stream ends quietly when it is aborted.
  signal.throwIfAborted();
  if (!reader.done) throw new ModelCutOffError(context.endpoint, receivedLength ?? 0);
  yield reader.done;
}
