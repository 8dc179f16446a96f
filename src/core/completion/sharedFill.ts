import { pause } from '../async/pause.ts';
import { untilAborted } from '../async/untilAborted.ts';
import type { CompletionModel, FillRequest, ModelPart } from '../ports/models.ts';
import type { Clock } from '../ports/runtime.ts';

/** A model whose answers outlive whoever asked for them. */
export interface SharedFill extends CompletionModel {
  /** Whether an answer to this is there or on its way, so that asking sends nothing. */
  knows(request: FillRequest): boolean;
  /** Ends what is under way and forgets all answers. */
  close(): void;
}

export interface SharedFillOptions {
  readonly model: CompletionModel;
  readonly clock: Clock;
  /** How long nobody may have typed on before something is sent, ms. */
  readonly pauseMs?: number;
}

/** More than most people need from one key to the next, on top of the editor's own 50 ms. */
const PAUSE_MS = 100;
const MOST_ANSWERS = 100;
/** Of the texts around a cursor, what has to be the same: the rest depends on how much of a file a request holds. */
const COMPARED = 600;

/**
 * Asks the model once where many are asking: while somebody types, each key asks anew. An answer, finished or not, serves
 * all places that typing along it leads to, and is kept for later. The pause is before the network alone. An abort ends the
 * wait of whoever asked; a request that is sent goes on until the answer is there, or until another place is asked about.
 */
export function createSharedFill({ model, clock, pauseMs = PAUSE_MS }: SharedFillOptions): SharedFill {
  /** The one used last comes last. */
  const answers = new Set<Answer>();
  let running: Answer | undefined;
  const find = (request: FillRequest): Answer | undefined =>
    [...answers].findLast((answer) => answer.restFor(request) !== undefined);
  const begin = (request: FillRequest): Answer => {
    running?.leave();
    for (const answer of answers) if (answer.isUseless) answers.delete(answer);
    const answer = new Answer(request);
    running = answer;
    void answer.run(model);
    return answer;
  };
  return {
    id: model.id,
    endpoint: model.endpoint,
    prompt: () => model.prompt?.(),
    knows: (request) => find(request) !== undefined,
    close() {
      running?.leave();
      answers.clear();
    },
    async *complete(request, signal) {
      const known = find(request);
      if (!known) await pause(clock, pauseMs, signal);
      // Somebody may have asked the same meanwhile.
      const answer = known ?? find(request) ?? begin(request);
      answers.delete(answer);
      answers.add(answer);
      for (const oldest of answers) {
        if (answers.size <= MOST_ANSWERS) break;
        answers.delete(oldest);
      }
      yield* answer.read(request, signal);
    },
  };
}

/** What the model says to one request. */
class Answer {
  readonly #request: FillRequest;
  readonly #own = new AbortController();
  #text = '';
  /** Parts that are no text, up to the end. */
  #end: readonly ModelPart[] = [];
  #state: 'open' | 'done' | 'failed' = 'open';
  #failure: unknown;
  #hasReader = false;
  #news = Promise.withResolvers<undefined>();

  constructor(request: FillRequest) {
    this.#request = request;
  }

  /** It failed or was given up: nothing more is to be had of it. */
  get isUseless(): boolean {
    return this.#state === 'failed';
  }

  leave(): void {
    if (this.#state === 'open') this.#own.abort();
  }

  /** Never rejects: whoever reads is told. */
  async run(model: CompletionModel): Promise<void> {
    try {
      for await (const part of model.complete(this.#request, this.#own.signal)) {
        if (part.type === 'text') this.#text += part.text;
        else this.#end = [...this.#end, part];
        if (part.type === 'done') this.#state = 'done';
        this.#tell();
      }
      if (this.#state === 'open') throw new Error('the model ended without a word');
    } catch (error) {
      if (this.#state === 'done') return;
      this.#state = 'failed';
      this.#failure = error;
      this.#tell();
    }
  }

  /** What of the answer is left behind the place of a request; undefined where it does not lead there, as far as is known. */
  restFor(request: FillRequest): string | undefined {
    if (this.#state === 'failed') return undefined;
    const typed = typedSince(this.#request, request);
    if (typed === undefined) return undefined;
    if (this.#text.startsWith(typed)) {
      // Typed to its end, there is nothing more to offer.
      return this.#state === 'done' && typed.length >= this.#text.length && typed !== ''
        ? undefined
        : this.#text.slice(typed.length);
    }
    return this.#state === 'open' && typed.startsWith(this.#text) ? '' : undefined;
  }

  /** The rest as it comes; ends where the answer turns out to lead elsewhere. */
  async *read(request: FillRequest, signal: AbortSignal): AsyncGenerator<ModelPart> {
    const isFirst = !this.#hasReader;
    this.#hasReader = true;
    let given = 0;
    for (;;) {
      const rest = this.restFor(request);
      if (this.#state === 'failed') throw this.#failure;
      if (rest === undefined) break;
      if (rest.length > given) yield { type: 'text', text: rest.slice(given) };
      given = rest.length;
      if (this.#state === 'done') break;
      await untilAborted(this.#news.promise, signal);
    }
    if (this.#state !== 'done') return;
    // What the call took is counted once.
    for (const part of this.#end) if (isFirst || part.type === 'done') yield part;
  }

  #tell(): void {
    this.#news.resolve(undefined);
    this.#news = Promise.withResolvers();
  }
}

/** What was typed since an earlier request at the same place; undefined when anything else has changed. */
function typedSince(earlier: FillRequest, later: FillRequest): string | undefined {
  if (earlier.path !== later.path) return undefined;
  if (earlier.suffix.slice(0, COMPARED) !== later.suffix.slice(0, COMPARED)) return undefined;
  const tail = earlier.prefix.slice(-COMPARED);
  const at = later.prefix.lastIndexOf(tail);
  if (at < 0 || (tail.length < COMPARED && at > 0)) return undefined;
  return later.prefix.slice(at + tail.length);
}
