import type { ChosenModel } from '../../core/chat/turn.ts';
import type { CallPolicy } from '../../core/models/callPolicy.ts';
import { type ModelAccess, modelId, type RankingAccess } from '../../core/models/modelChoice.ts';
import type { CompletionModel } from '../../core/ports/models.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { ChosenRanking } from '../../core/context/ranking/rerankHits.ts';
import type { EmbeddingModels, ProviderModels } from './providerModels.ts';

/** The models of providers, loaded when the first of them is asked for something: in most sessions none is. */
export class LazyProviderModels {
  readonly #log: Logger;
  readonly #policy: CallPolicy | undefined;
  #models: Promise<ProviderModels> | undefined;

  /** `policy`: how patient calls are; as with somebody waiting unless given. */
  constructor(log: Logger, policy?: CallPolicy) {
    this.#log = log;
    this.#policy = policy;
  }

  choose(access: ModelAccess): ChosenModel {
    return {
      id: modelId(access),
      load: async () => {
        const models = await this.#loaded();
        return models.get(access);
      },
    };
  }

  chooseRanking(access: RankingAccess): ChosenRanking {
    return {
      id: modelId(access.model),
      load: async () => {
        const models = await this.#loaded();
        return models.ranking(access);
      },
    };
  }

  async completion(access: ModelAccess): Promise<CompletionModel> {
    const models = await this.#loaded();
    return models.completion(access);
  }

  async embedding(access: ModelAccess): Promise<EmbeddingModels> {
    const models = await this.#loaded();
    return models.embedding(access);
  }

  #loaded(): Promise<ProviderModels> {
    return (this.#models ??= load(this.#log, this.#policy));
  }
}

/** esbuild.mjs makes this the bundle `models.js` beside the caller's. */
async function load(log: Logger, policy: CallPolicy | undefined): Promise<ProviderModels> {
  const { createProviderModels } = await import('./providerModels.ts');
  return createProviderModels(log, policy);
}
