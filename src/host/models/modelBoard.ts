import { type ModelAccess, type RankingAccess, SAME_AS_CHAT } from '../../core/models/modelChoice.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { Disposable } from '../editor/disposableStore.ts';
import type { KeyStore } from './keyStore.ts';
import type { ModelSettings } from './modelSettings.ts';
import { type ModelStatus, type ModelSurroundings, type ResolvedModel, resolveModel } from './modelStatus.ts';

interface ModelBoardOptions {
  readonly readSettings: () => ModelSettings;
  readonly isTrusted: () => boolean;
  readonly keys: Pick<KeyStore, 'get'>;
  /** Each calls its listener when what it names has changed. */
  readonly changes: readonly ((listener: () => void) => Disposable)[];
  readonly log: Pick<Logger, 'error'>;
}

/** Knows which model answers in the chat. Keys pass through it and are not kept. */
export class ModelBoard {
  readonly #options: ModelBoardOptions;
  readonly #subscriptions: readonly Disposable[];
  readonly #listeners = new Set<(status: ModelStatus) => void>();
  #status: ModelStatus = { state: 'built-in' };
  #completion: ModelStatus = { state: 'built-in' };
  #refreshes = 0;

  constructor(options: ModelBoardOptions) {
    this.#options = options;
    this.#subscriptions = options.changes.map((subscribe) =>
      subscribe(() => {
        void this.refresh();
      }),
    );
  }

  /** As of the last refresh. */
  get status(): ModelStatus {
    return this.#status;
  }

  /** The model of inline suggestions, likewise. */
  get completion(): ModelStatus {
    return this.#completion;
  }

  /** The model for a question, with its key as it is stored now. */
  resolve(): Promise<ResolvedModel> {
    return resolveModel(this.#surroundings());
  }

  /** The model that puts what is found for a question into order, if any. */
  resolveRanking(): Promise<RankingAccess | undefined> {
    return resolveRanking(this.#surroundings());
  }

  /** Looks again and tells the subscribers. */
  async refresh(): Promise<void> {
    const refresh = ++this.#refreshes;
    try {
      const [chat, completion] = await Promise.all([this.resolve(), this.resolveCompletion()]);
      if (refresh !== this.#refreshes) return;
      this.#status = chat.status;
      this.#completion = completion.status;
    } catch (error) {
      this.#options.log.error('Could not find out which model is configured', error);
      return;
    }
    for (const listener of this.#listeners) listener(this.#status);
  }

  /** Calls `listener` at once and after every refresh. */
  subscribe(listener: (status: ModelStatus) => void): Disposable {
    this.#listeners.add(listener);
    listener(this.#status);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** The model that is to make vectors, if any. */
  async resolveEmbedding(): Promise<ModelAccess | undefined> {
    const { access } = await resolveModel(this.#surroundings(), 'embedding');
    return access;
  }

  /** The model that is to complete code beside what the workspace itself knows. */
  resolveCompletion(): Promise<ResolvedModel> {
    const surroundings = this.#surroundings();
    const isChat = surroundings.settings.completion.trim() === SAME_AS_CHAT;
    return resolveModel(surroundings, isChat ? 'chat' : 'completion');
  }

  #surroundings(): ModelSurroundings {
    const { readSettings, isTrusted, keys } = this.#options;
    return { settings: readSettings(), isTrusted: isTrusted(), getKey: (owner) => keys.get(owner) };
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#listeners.clear();
  }
}

/** The model that puts search results into order; none when nobody asked for one or it cannot be used. */
async function resolveRanking(surroundings: ModelSurroundings): Promise<RankingAccess | undefined> {
  const by = surroundings.settings.ranking.trim() === SAME_AS_CHAT ? 'chat' : 'reranker';
  const { access: model } = await resolveModel(surroundings, by === 'chat' ? 'chat' : 'ranking');
  return model && { by, model };
}
