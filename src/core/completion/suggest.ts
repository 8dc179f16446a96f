import { untilAborted } from '../async/untilAborted.ts';
import type { Logger } from '../ports/runtime.ts';
import type { CompletionRequest, CompletionSource, Proposal } from '../ports/completionSource.ts';
import {
  advanceArbiter,
  initialArbiter,
  type ArbiterEvent,
  type Decision,
  type Question,
} from './arbiter.ts';

export interface SuggestOptions {
  /** In the order in which they are asked; equally fast ones answer in it. */
  readonly sources: readonly CompletionSource[];
  readonly version: number;
  /** Whether the document still has that version. */
  readonly isCurrent: () => boolean;
  readonly log: Pick<Logger, 'warn'>;
}

/**
 * Asks all sources at once and yields what is to be shown: each proposal in place of the one before it, as the arbiter
 * decides. Ends when no source has more to say, or the document has changed; leaving early ends the sources' work. A
 * source that fails is logged and missed. Rejects only with the reason of `signal`.
 */
export async function* suggest(
  request: CompletionRequest,
  { sources, version, isCurrent, log }: SuggestOptions,
  signal: AbortSignal,
): AsyncGenerator<Proposal, void, undefined> {
  const { path, text, offset } = request;
  const question: Question = { path, version, offset, text };
  const work = new AbortController();
  const running = new Running(sources, request, AbortSignal.any([signal, work.signal]), log);
  let state = initialArbiter;
  const advance = (event: ArbiterEvent): Decision => {
    const step = advanceArbiter(state, event);
    state = step.state;
    return step.decision;
  };
  try {
    advance({ kind: 'asked', question, sources: sources.map(({ id }) => id) });
    while (state.pending.length > 0) {
      const { source, proposal } = await untilAborted(running.next(), signal);
      if (!isCurrent()) advance({ kind: 'left' });
      const decision = advance(
        proposal ? { kind: 'proposed', question, proposal } : { kind: 'finished', question, source },
      );
      if (decision.action === 'show' || decision.action === 'replace') yield decision.proposal;
    }
  } finally {
    work.abort();
    running.leave();
  }
}

/** What a source says next; without a proposal, it has finished. */
interface Said {
  readonly source: string;
  readonly proposal: Proposal | undefined;
}

/** Sources at work, heard one after the other as they speak. */
class Running {
  readonly #log: Pick<Logger, 'warn'>;
  readonly #signal: AbortSignal;
  readonly #pending = new Map<string, Promise<Said>>();
  readonly #answers = new Map<string, AsyncIterator<Proposal>>();

  constructor(
    sources: readonly CompletionSource[],
    request: CompletionRequest,
    signal: AbortSignal,
    log: Pick<Logger, 'warn'>,
  ) {
    this.#log = log;
    this.#signal = signal;
    for (const source of sources) {
      this.#answers.set(source.id, source.propose(request, signal)[Symbol.asyncIterator]());
      this.#listen(source.id);
    }
  }

  async next(): Promise<Said> {
    const said = await Promise.race(this.#pending.values());
    if (said.proposal) this.#listen(said.source);
    else this.#pending.delete(said.source);
    return said;
  }

  /** Those that wait for their reader are not reached by a signal. */
  leave(): void {
    for (const answers of this.#answers.values()) answers.return?.().catch(() => undefined);
  }

  #listen(source: string): void {
    this.#pending.set(source, this.#ask(source));
  }

  async #ask(source: string): Promise<Said> {
    try {
      const result = await this.#answers.get(source)?.next();
      return { source, proposal: result?.done === false ? result.value : undefined };
    } catch (error) {
      if (!this.#signal.aborted) this.#log.warn(`No suggestion of ${source}`, error);
      return { source, proposal: undefined };
    }
  }
}
