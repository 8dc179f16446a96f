import type { CallEnded, CallEvent, CallPurpose } from './callEvent.ts';
import type { ModelPart } from '../ports/models.ts';
import type { TokenUsage } from '../shared/provenance.ts';

export interface RecorderOptions {
  readonly call: number;
  readonly model: { readonly id: string; readonly endpoint: string };
  readonly purpose: CallPurpose;
  readonly now: () => number;
  readonly observe: (event: CallEvent) => void;
  readonly costOf: (model: string, usage: TokenUsage) => number | null;
}

/** Tells the observer of one call, in order, and each thing once. */
export class CallRecorder {
  readonly #options: RecorderOptions;
  readonly #startedAt: number;
  #attempts = 0;
  #receivedLength = 0;
  #hasCalled = false;
  #usage: TokenUsage | undefined;
  #done: Extract<ModelPart, { type: 'done' }> | undefined;
  #hasEnded = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#startedAt = options.now();
    options.observe({
      ...this.#base(),
      type: 'started',
      at: this.#startedAt,
      purpose: options.purpose,
    });
  }

  /** Something of the answer itself has been passed on. */
  get hasBegun(): boolean {
    return this.#receivedLength > 0 || this.#hasCalled;
  }

  sent(attempt: number): void {
    this.#attempts = attempt;
    this.#options.observe({ ...this.#base(), type: 'sent', attempt, elapsedMs: this.#elapsed() });
  }

  retrying(errorCode: string, delayMs: number): void {
    this.#options.observe({ ...this.#base(), type: 'retrying', errorCode, delayMs });
  }

  received(part: ModelPart): void {
    if (part.type === 'done') this.#done = part;
    if (part.type === 'usage') this.#usage = part.usage;
    if (part.type === 'tool-call') this.#hasCalled = true;
    if (part.type === 'retract') this.#receivedLength = 0;
    if (part.type !== 'text') return;
    if (this.#receivedLength === 0) {
      this.#options.observe({ ...this.#base(), type: 'first-token', elapsedMs: this.#elapsed() });
    }
    this.#receivedLength += part.text.length;
  }

  ended(outcome: CallEnded['outcome'], errorCode?: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const usage = this.#usage;
    this.#options.observe({
      ...this.#base(),
      type: 'ended',
      elapsedMs: this.#elapsed(),
      // Whoever stops reading at the last part has read everything.
      outcome: outcome === 'abandoned' && this.#done ? 'done' : outcome,
      attempts: this.#attempts,
      receivedLength: this.#receivedLength,
      stopReason: this.#done?.stopReason,
      usage,
      costUsd: usage === undefined ? null : this.#options.costOf(this.#options.model.id, usage),
      errorCode,
    });
  }

  #base() {
    const { call, model } = this.#options;
    return { call, model: model.id, endpoint: model.endpoint };
  }

  #elapsed(): number {
    return this.#options.now() - this.#startedAt;
  }
}
