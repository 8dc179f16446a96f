import type { EmbeddingConfig } from '../../protocol/engine.ts';
import { embeddingCost } from '../../core/embedding/embeddingPrices.ts';
import { type ModelAccess, modelId } from '../../core/models/modelChoice.ts';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';
import type { Disposable } from '../editor/disposableStore.ts';
import { agreementTo, connectionKey, hostOf, isNear } from './agreement.ts';

/** What somebody is asked before code goes out for the first time. */
export interface EmbeddingOffer {
  /** Provider and model. */
  readonly model: string;
  readonly host: string;
  /** Of all code in the index, roughly. */
  readonly tokens: number;
  /** US dollars; null when the price is not known. */
  readonly cost: number | null;
}

export interface EmbeddingChoiceOptions {
  /** The model that the settings name, with its key; none when it is built in or cannot be used. */
  readonly resolve: () => Promise<ModelAccess | undefined>;
  /** Calls its listener when that may have changed. */
  readonly onChange: (listener: () => void) => Disposable;
  readonly board: Pick<IndexStatusBoard, 'subscribe'>;
  /** What was agreed to in this workspace. */
  readonly agreed: { get(): string | undefined; set(value: string): Thenable<void> };
  readonly ask: (offer: EmbeddingOffer) => Promise<boolean>;
  /** Absolute path of the file that keeps vectors. */
  readonly cache: string;
}

/** Of a chunk, on the average of several code bases: enough to tell cents from dollars. */
const TOKENS_A_CHUNK = 300;

/**
 * Decides whether a provider's model makes the vectors. Code goes to another machine only when somebody has agreed to
 * that for this workspace, knowing how much it is and what it may cost; until then the built-in vectors serve.
 */
export class EmbeddingChoice {
  readonly #options: EmbeddingChoiceOptions;
  readonly #listeners = new Set<() => void>();
  readonly #subscriptions: readonly Disposable[];
  /** The agreement that is missing, asked for once the size of the index is known. */
  #wanted: ModelAccess | undefined;
  #chunks: number | undefined;
  #declined: string | undefined;
  #used = '';

  constructor(options: EmbeddingChoiceOptions) {
    this.#options = options;
    this.#subscriptions = [
      options.onChange(() => {
        void this.#changed();
      }),
      options.board.subscribe((overview) => {
        this.#chunks = overview.state === 'ready' ? overview.chunks : undefined;
        void this.#askWhenReady();
      }),
    ];
  }

  /** What the engine is to work with now. */
  async config(): Promise<EmbeddingConfig | undefined> {
    const access = await this.#options.resolve();
    const isAgreed = access !== undefined && this.#isAgreed(access);
    this.#wanted = isAgreed ? undefined : access;
    this.#used = isAgreed ? connectionKey(access) : '';
    void this.#askWhenReady();
    return isAgreed ? { model: access, cache: this.#options.cache } : undefined;
  }

  /** Calls `listener` when the engine is to work with something else. */
  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#listeners.clear();
  }

  async #changed(): Promise<void> {
    const before = this.#used;
    const config = await this.config();
    if ((config ? connectionKey(config.model) : '') !== before) this.#notify();
  }

  async #askWhenReady(): Promise<void> {
    const access = this.#wanted;
    if (!access || this.#chunks === undefined || this.#declined === agreementTo(access)) return;
    this.#wanted = undefined;
    this.#declined = agreementTo(access);
    const model = modelId(access);
    const tokens = this.#chunks * TOKENS_A_CHUNK;
    const offer = { model, host: hostOf(access), tokens, cost: embeddingCost(model, tokens) };
    if (!(await this.#options.ask(offer))) return;
    this.#declined = undefined;
    await this.#options.agreed.set(agreementTo(access));
    await this.#changed();
  }

  #isAgreed(access: ModelAccess): boolean {
    return isNear(access) || this.#options.agreed.get() === agreementTo(access);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
