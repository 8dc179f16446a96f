import { CacheMissError, PathInRequestError } from '../../core/errors/evaluationErrors.ts';
import { type Redact, redactChat } from '../../core/models/redactRequest.ts';
import type { ChatModel, ChatRequest } from '../../core/ports/models.ts';
import type { Digest } from '../../core/ports/runtime.ts';
import type { StopReason } from '../../core/shared/provenance.ts';
import type { RecordedRequest, Recordings, TimedPart } from './recording.ts';
import { messageTexts, nearestRequest, requestDifference } from './requestDifference.ts';
import { requestKey } from './requestKey.ts';

/** `record`: replay what there is and record the rest; `require`: replay only; `off`: ask the model every time. */
export type CacheMode = 'record' | 'require' | 'off';

export interface ReplayCacheOptions {
  readonly recordings: Recordings;
  readonly mode: Exclude<CacheMode, 'off'>;
  readonly hash: Digest;
  /** What is stored is what would leave the machine. */
  readonly redact: Redact;
  /** Absolute paths that must not be part of a request; one that ends with a separator stands for what is below it. */
  readonly privatePaths: readonly string[];
}

/** Whose question it is, and which of its repetitions. */
export interface Trial {
  readonly caseId: string;
  /** From 0. */
  readonly run: number;
  /** The wording that asks, for example `chat.answer@1`. */
  readonly prompt: string;
}

/** An answer as it comes, from the model or as it came once. */
interface CachedAnswer {
  readonly isReplayed: boolean;
  readonly parts: AsyncIterable<TimedPart>;
}

/** Whole answers; what was refused or broke off may go better the next time. */
const STORED: ReadonlySet<StopReason> = new Set(['stop', 'length', 'tool']);

const SHOWN_LENGTH = 160;

/** Answers that a model has given before, so that an evaluation can be repeated without it. */
export class ReplayCache {
  readonly #options: ReplayCacheOptions;

  constructor(options: ReplayCacheOptions) {
    this.#options = options;
  }

  /**
   * The recorded answer to this repetition of the request, else the model's own, which is recorded once it is whole.
   * Throws `CacheMissError` when only recorded ones will do, and `PathInRequestError` for what no other machine could
   * ask.
   */
  answer(
    model: Pick<ChatModel, 'id'>,
    request: ChatRequest,
    { caseId, run, prompt }: Trial,
    ask: () => AsyncIterable<TimedPart>,
  ): CachedAnswer {
    const { recordings, mode, hash, redact } = this.#options;
    const sent = redactChat(request, redact);
    this.#refusePaths(sent, caseId);
    const key = requestKey(model.id, sent, hash);
    const found = recordings.find(key, run);
    if (found) return { isReplayed: true, parts: replay(found) };
    const asked = { key, model: model.id, request: sent, caseId, prompt };
    if (mode === 'require') throw this.#miss(asked);
    return { isReplayed: false, parts: this.#record(asked, run, ask()) };
  }

  async *#record(
    asked: RecordedRequest,
    slot: number,
    answer: AsyncIterable<TimedPart>,
  ): AsyncGenerator<TimedPart> {
    const parts: TimedPart[] = [];
    for await (const timed of answer) {
      parts.push(timed);
      if (timed.part.type === 'done' && STORED.has(timed.part.stopReason)) {
        // Before the reader has it: who stops reading at the last part would leave it out.
        await this.#options.recordings.add({ ...asked, slot, parts });
      }
      yield timed;
    }
  }

  #miss(asked: RecordedRequest): CacheMissError {
    const nearest = nearestRequest(asked, this.#options.recordings.requests());
    return new CacheMissError(
      asked.caseId,
      nearest && { caseId: nearest.caseId, difference: requestDifference(asked, nearest) },
    );
  }

  #refusePaths({ messages }: ChatRequest, caseId: string): void {
    const { privatePaths } = this.#options;
    for (const text of messages.flatMap(messageTexts)) {
      const line = text.split('\n').find((each) => privatePaths.some((path) => holdsPath(each, path)));
      if (line !== undefined) throw new PathInRequestError(caseId, line.trim().slice(0, SHOWN_LENGTH));
    }
  }
}

/** The path itself or something below it, and not the beginning of a longer name. */
function holdsPath(text: string, path: string): boolean {
  const isFolder = /[\\/]$/.test(path);
  for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
    if (isFolder) return true;
    const next = text[at + path.length];
    if (next === undefined || !/[\p{L}\p{N}_-]/u.test(next)) return true;
  }
  return false;
}

async function* replay(parts: readonly TimedPart[]): AsyncGenerator<TimedPart> {
  for (const part of parts) yield await Promise.resolve(part);
}
