/** Everything that calls models. Built as a bundle of its own, because the SDKs are larger than all the rest. */

import { createAnthropicChatModel } from '../../adapters/anthropic/anthropicChatModel.ts';
import { createCohereEmbeddingModel } from '../../adapters/cohere/cohereEmbeddingModel.ts';
import { createCohereRerankModel } from '../../adapters/cohere/cohereRerankModel.ts';
import { createOpenaiChatModel } from '../../adapters/openai/openaiChatModel.ts';
import { createOpenaiCompletionModel } from '../../adapters/openai/openaiCompletionModel.ts';
import { createOpenaiEmbeddingModel } from '../../adapters/openai/openaiEmbeddingModel.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import { crossEncoderRanking } from '../../core/context/ranking/crossEncoderRanking.ts';
import { listwiseRanking } from '../../core/context/ranking/listwiseRanking.ts';
import type { RankModel } from '../../core/context/ranking/rankModel.ts';
import { embeddingTraits } from '../../core/embedding/embeddingTraits.ts';
import type { ActiveModel } from '../../core/models/activeModel.ts';
import type { CallEvent } from '../../core/models/callEvent.ts';
import {
  batchPolicy,
  type CallPolicy,
  chatPolicy,
  completionPolicy,
  queryEmbeddingPolicy,
  rerankPolicy,
} from '../../core/models/callPolicy.ts';
import {
  type ModelAccess,
  modelId,
  modelProviders,
  type RankingAccess,
} from '../../core/models/modelChoice.ts';
import { parseModelEndpoint } from '../../core/models/modelEndpoint.ts';
import { ModelClient } from '../../core/models/modelClient.ts';
import { redactSecrets } from '../../core/secrets/redactSecrets.ts';
import type { ChatModel, CompletionModel, EmbeddingModel, RerankModel } from '../../core/ports/models.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { fixedPolicy } from '../../core/prompts/fixedPolicy.ts';
import { createThreadRests } from './threadRests.ts';

/** The built-in answer stands by, so nobody need wait long for a provider that is busy or away. */
const turnPolicy: CallPolicy = { ...chatPolicy, attempts: 2, maxRetryAfterMs: 5_000 };

/** The models of this process. */
export interface ProviderModels {
  /** Throws `ModelEndpointError` when nothing may be sent to the address. */
  get(access: ModelAccess): ActiveModel;
  /** Throws likewise. */
  ranking(access: RankingAccess): RankModel;
  /** Throws likewise; undefined for a model that cannot fill in the middle. */
  completion(access: ModelAccess): CompletionModel | undefined;
  /** Throws likewise. */
  embedding(access: ModelAccess): EmbeddingModels;
}

/** One model, asked with the patience that each purpose deserves. */
export interface EmbeddingModels {
  /** Nobody waits for these. */
  readonly documents: EmbeddingModel;
  readonly queries: EmbeddingModel;
}

/** `policy`: how patient the chat is. */
export function createProviderModels(log: Logger, policy = turnPolicy): ProviderModels {
  const client = new ModelClient({
    clock: steadyClock,
    random: Math.random,
    rests: createThreadRests(),
    redact: redactSecrets,
    observe: (event) => {
      logCall(event, log);
    },
  });
  let last: { readonly access: ModelAccess; readonly model: ActiveModel } | undefined;
  let lastFill: { readonly access: ModelAccess; readonly model: CompletionModel | undefined } | undefined;
  return {
    get(access) {
      // The SDK behind a model keeps connections open, so the next question finds the same one.
      if (last && isSame(last.access, access)) return last.model;
      const { promptTokens, outputTokens } = modelProviders[access.provider];
      const model = { chat: client.chat(createModel(access), policy), promptTokens, outputTokens };
      last = { access, model };
      return model;
    },
    completion(access) {
      if (lastFill && isSame(lastFill.access, access)) return lastFill.model;
      const model = createCompletionModel(access);
      lastFill = { access, model: model && client.completion(model, completionPolicy) };
      return lastFill.model;
    },
    embedding(access) {
      const model = createEmbeddingModel(access);
      return {
        documents: client.embedding(model, batchPolicy),
        queries: client.embedding(model, queryEmbeddingPolicy),
      };
    },
    ranking({ by, model: access }) {
      if (by === 'reranker') {
        return crossEncoderRanking(client.reranking(createReranker(access), rerankPolicy));
      }
      const { promptTokens, outputTokens } = modelProviders[access.provider];
      const chat = client.chat(createModel(access), rerankPolicy);
      return listwiseRanking({ chat, promptTokens, outputTokens }, fixedPolicy());
    },
  };
}

function createModel(access: ModelAccess): ChatModel {
  const { provider, model } = access;
  const options = optionsOf(
    provider === 'cohere' ? { ...access, baseUrl: compatibleCohere(access) } : access,
  );
  const chat = provider === 'anthropic' ? createAnthropicChatModel(options) : createOpenaiChatModel(options);
  return {
    id: modelId({ provider, model }),
    endpoint: chat.endpoint,
    stream: (request, signal) => chat.stream(request, signal),
  };
}

/** Of the providers here, those whose API OpenAI's adapter speaks can fill in the middle. */
function createCompletionModel(access: ModelAccess): CompletionModel | undefined {
  const { provider, model } = access;
  if (provider !== 'openai' && provider !== 'compatible') return undefined;
  const completion = createOpenaiCompletionModel(optionsOf(access));
  return completion && { ...completion, id: modelId({ provider, model }) };
}

function createEmbeddingModel(access: ModelAccess): EmbeddingModel {
  const { provider } = access;
  const options = { ...optionsOf(access), ...embeddingTraits(access) };
  const model =
    provider === 'cohere'
      ? createCohereEmbeddingModel(options)
      : createOpenaiEmbeddingModel({ ...options, dialect: provider === 'voyage' ? 'voyage' : 'openai' });
  return { ...model, id: modelId(access) };
}

function createReranker(access: ModelAccess): RerankModel {
  const path = access.provider === 'cohere' ? '/v2/rerank' : '/rerank';
  const reranker = createCohereRerankModel({ ...optionsOf(access), path });
  return { ...reranker, id: modelId(access) };
}

function optionsOf({ model, baseUrl, apiKey, plainHttp = false }: ModelAccess) {
  const endpoint = parseModelEndpoint(baseUrl, { plainHttp });
  return { endpoint, model, ...(apiKey !== undefined && { apiKey }) };
}

/** Where Cohere speaks OpenAI's formats (https://docs.cohere.com/docs/compatibility-api). */
function compatibleCohere({ baseUrl, plainHttp = false }: ModelAccess): string {
  return `${parseModelEndpoint(baseUrl, { plainHttp }).baseUrl}/compatibility/v1`;
}

function isSame(a: ModelAccess, b: ModelAccess): boolean {
  const isSamePlace = a.baseUrl === b.baseUrl && a.plainHttp === b.plainHttp;
  return a.provider === b.provider && a.model === b.model && a.apiKey === b.apiKey && isSamePlace;
}

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
