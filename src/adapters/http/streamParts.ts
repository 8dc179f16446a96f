import { ModelCutOffError } from '../../core/errors/modelErrors.ts';
import type { DonePart, ModelPart, OnAlive } from '../../core/ports/models.ts';
import type { EndpointRequest } from './endpointRequest.ts';
import { errorWithin } from './errorBody.ts';
import { readEvents, type WireEvent } from './eventStream.ts';
import { ModelRefusal } from './refusal.ts';
import { type Split, ThoughtSplitter } from './thoughtSplitter.ts';
import { toModelError } from './toModelError.ts';

export type AnswerPart = Exclude<ModelPart, DonePart>;

/** Understands one answer's events in order. One instance an answer. */
export interface EventReader {
  /** What an event carries. Events of unknown kinds carry nothing; throws when one cannot be read. */
  read(event: WireEvent): Iterable<AnswerPart>;
  /** The stream has said that nothing follows. */
  end(): Iterable<AnswerPart>;
  /** Nothing of the answer follows, as an event of it has said. */
  readonly isOver: boolean;
  /** Undefined until the provider has said why the answer ends: without that, it was cut off. */
  readonly done: DonePart | undefined;
}

export interface StreamedAnswer {
  readonly request: EndpointRequest;
  readonly createReader: () => EventReader;
  /** What the text of a model is split by; absent where text is text, as in the middle of a file. */
  readonly thoughts?: ThoughtMemory;
  readonly onAlive?: OnAlive | undefined;
}

/** Models whose thoughts had an end and no beginning, so that the next answer is held back until that end. */
export class ThoughtMemory {
  beginsThinking = false;
}

/** After the reason to end, counts may follow; after the end, only that of the connection, which can then be used again. */
const LAST_WORDS_MS = 3_000;
const FAREWELL_MS = 100;

/** Streams an answer's parts, with the errors that a `ChatModel` promises. */
export async function* streamParts(answer: StreamedAnswer, signal: AbortSignal): AsyncGenerator<ModelPart> {
  const { request } = answer;
  for (;;) {
    const progress: Progress = { receivedLength: undefined, hasShown: false };
    const reader = answer.createReader();
    try {
      signal.throwIfAborted();
      yield* readAnswer(answer, reader, progress, signal);
    } catch (error) {
      signal.throwIfAborted();
      // What was shown cannot be taken back.
      if (error instanceof ModelRefusal && !progress.hasShown && request.adapt(error)) continue;
      // Only the count of tokens can be missing from an answer that has given its reason to end.
      if (!reader.done) throw toModelError(error, request.context, progress.receivedLength);
    }
    signal.throwIfAborted();
    if (!reader.done) throw new ModelCutOffError(request.context.endpoint, progress.receivedLength ?? 0);
    yield reader.done;
    return;
  }
}

interface Progress {
  /** Undefined as long as no answer has begun. */
  receivedLength: number | undefined;
  hasShown: boolean;
}

async function* readAnswer(
  { request, thoughts, onAlive }: StreamedAnswer,
  reader: EventReader,
  progress: Progress,
  signal: AbortSignal,
): AsyncGenerator<AnswerPart> {
  const own = new AbortController();
  const splitter = thoughts && new ThoughtSplitter(thoughts.beginsThinking);
  const note = (part: AnswerPart): AnswerPart => {
    if (part.type === 'text') progress.receivedLength = (progress.receivedLength ?? 0) + part.text.length;
    if (part.type === 'retract' && thoughts) thoughts.beginsThinking = true;
    progress.hasShown ||= part.type !== 'usage';
    return part;
  };
  try {
    const response = await request.send('stream', AbortSignal.any([signal, own.signal]));
    progress.receivedLength = 0;
    const { endpoint } = request.context;
    const isLines = /ndjson|jsonl/i.test(response.headers.get('content-type') ?? '');
    for await (const events of untilOver(readEvents(bodyOf(response), endpoint, isLines), reader)) {
      onAlive?.();
      for (const part of readEventList(events, reader)) {
        for (const each of splitter ? split(part, splitter) : [part]) yield note(each);
      }
    }
  } catch (error) {
    // Whatever ends the answer, what was held back is part of it.
    if (!signal.aborted) for (const part of splitter?.end() ?? []) yield note(toPart(part));
    throw error;
  } finally {
    own.abort();
  }
  for (const part of splitter?.end() ?? []) yield note(toPart(part));
}

function split(part: AnswerPart, splitter: ThoughtSplitter): readonly AnswerPart[] {
  if (part.type === 'text') return splitter.push(part.text).map(toPart);
  if (part.type === 'reasoning') splitter.sawThoughts();
  return part.type === 'tool-call' ? [...splitter.end().map(toPart), part] : [part];
}

function* readEventList(events: readonly WireEvent[], reader: EventReader): Generator<AnswerPart> {
  for (const event of events) if (!reader.isOver) yield* readEvent(event, reader);
}

function readEvent(event: WireEvent, reader: EventReader): Iterable<AnswerPart> {
  if (event.isEnd) return reader.end();
  const error = errorWithin(event.value, event.name);
  if (error !== undefined) throw new ModelRefusal(error);
  return reader.read(event);
}

function toPart(split: Split): AnswerPart {
  if (split.kind === 'retract') return { type: 'retract' };
  return { type: split.kind === 'reasoning' ? 'reasoning' : 'text', text: split.text };
}

async function* bodyOf({ body }: Response): AsyncGenerator<Uint8Array> {
  if (body) yield* body as unknown as AsyncIterable<Uint8Array>;
}

/** The same events, up to a while after the reason to end: some servers leave the connection open. */
async function* untilOver<T>(events: AsyncGenerator<T>, reader: EventReader): AsyncGenerator<T> {
  let isLeft = false;
  try {
    for (;;) {
      const next = events.next();
      const found = await (reader.done ? within(next, reader.isOver ? FAREWELL_MS : LAST_WORDS_MS) : next);
      isLeft = found === undefined;
      if (!found || found.done === true) return;
      yield found.value;
    }
  } finally {
    // Waiting for a body that says nothing more would be waiting for ever; the signal ends it.
    const leaving = events.return(undefined);
    if (isLeft) void leaving.catch(() => undefined);
    else await leaving;
  }
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    resolve(undefined);
  }, ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    promise.catch(() => undefined);
  }
}
