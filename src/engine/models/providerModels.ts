/** Everything that calls models. Built as a bundle of its own, because most sessions never need it. */

import { createAnthropicChatModel } from '../../adapters/anthropic/anthropicChatModel.ts';
import { createCohereEmbeddingModel } from '../../adapters/cohere/cohereEmbeddingModel.ts';
import { createCohereRerankModel } from '../../adapters/cohere/cohereRerankModel.ts';
import { proxyFetch } from '../../adapters/http/proxyFetch.ts';
import { RefusedParameters } from '../../adapters/http/refusedParameters.ts';
import { createOpenaiChatModel } from '../../adapters/openai/openaiChatModel.ts';
import { createOpenaiCompletionModel } from '../../adapters/openai/openaiCompletionModel.ts';
import { createOpenaiEmbeddingModel } from '../../adapters/openai/openaiEmbeddingModel.ts';
import { openaiProfileOf, providerProfiles } from '../../adapters/openai/openaiProfile.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import { createChatFill } from '../../core/completion/chatFill.ts';
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
import { reachOf } from '../../core/models/hostReach.ts';
import {
  type ModelAccess,
  modelId,
  modelProviders,
  type ProxyChoice,
  type RankingAccess,
} from '../../core/models/modelChoice.ts';
import { parseModelEndpoint } from '../../core/models/modelEndpoint.ts';
import { ModelClient } from '../../core/models/modelClient.ts';
import { redactSecrets } from '../../core/secrets/redactSecrets.ts';
import type { ChatModel, CompletionModel, EmbeddingModel, RerankModel } from '../../core/ports/models.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { fixedPolicy } from '../../core/prompts/fixedPolicy.ts';
import { createCompatibleFill } from './compatibleFill.ts';
import { createThreadRests } from './threadRests.ts';

/** The built-in answer stands by, so nobody need wait long for a provider that is busy or away. */
const turnPolicy: CallPolicy = { ...chatPolicy, attempts: 2, maxRetryAfterMs: 5_000 };

/** The models of this process. */
export interface ProviderModels {
  /** Throws `ModelEndpointError` when nothing may be sent to the address. */
  get(access: ModelAccess): ActiveModel;
  /** Throws likewise. */
  ranking(access: RankingAccess): RankModel;
  /** Throws likewise. A model that cannot fill in the middle is told how to. */
  completion(access: ModelAccess): CompletionModel;
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
  const refused = new RefusedParameters(({ endpoint, model, parameter }) => {
    log.info(`${model} at ${endpoint} refuses '${parameter}' and is asked without it from now on`);
  });
  let last: { readonly access: ModelAccess; readonly model: ActiveModel } | undefined;
  let lastFill: { readonly access: ModelAccess; readonly model: CompletionModel } | undefined;
  return {
    get(access) {
      // What a model has shown of its habits is kept with it.
      if (last && isSame(last.access, access)) return last.model;
      const { promptTokens, outputTokens } = modelProviders[access.provider];
      const model = { chat: client.chat(createModel(access, refused), policy), promptTokens, outputTokens };
      last = { access, model };
      return model;
    },
    completion(access) {
      if (lastFill && isSame(lastFill.access, access)) return lastFill.model;
      const model = createCompletionModel(access, refused, (sentence) => {
        log.info(sentence);
      });
      lastFill = { access, model: client.completion(model, completionPolicy) };
      return lastFill.model;
    },
    embedding(access) {
      const model = createEmbeddingModel(access, refused);
      return {
        documents: client.embedding(model, batchPolicy),
        queries: client.embedding(model, queryEmbeddingPolicy),
      };
    },
    ranking({ by, model: access }) {
      if (by === 'reranker') {
        return crossEncoderRanking(client.reranking(createReranker(access, refused), rerankPolicy));
      }
      const { promptTokens, outputTokens } = modelProviders[access.provider];
      const chat = client.chat(createModel(access, refused), rerankPolicy);
      return listwiseRanking({ chat, promptTokens, outputTokens }, fixedPolicy());
    },
  };
}

function createModel(given: ModelAccess, refused: RefusedParameters): ChatModel {
  const access = atRoot(given);
  const { provider, model } = access;
  const options = optionsOf(provider === 'cohere' ? compatibleCohere(access) : access, refused);
  const chat = provider === 'anthropic' ? createAnthropicChatModel(options) : createOpenaiChatModel(options);
  return {
    id: modelId({ provider, model }),
    endpoint: chat.endpoint,
    stream: (request, signal, onAlive) => chat.stream(request, signal, onAlive),
  };
}

/** By the provider's own endpoint for it, by what a server of one's own turns out to be, or in the form of a chat. */
function createCompletionModel(
  access: ModelAccess,
  refused: RefusedParameters,
  onChosen: (sentence: string) => void,
): CompletionModel {
  const { provider, model } = access;
  const { promptTokens, outputTokens } = modelProviders[provider];
  const chatFill = createChatFill(
    { chat: createModel(access, refused), promptTokens, outputTokens },
    fixedPolicy(),
  );
  if (provider === 'anthropic' || provider === 'gemini' || provider === 'cohere') return chatFill;
  const options = optionsOf(access, refused);
  const profile =
    provider === 'mistral' || provider === 'deepseek' || provider === 'inception'
      ? providerProfiles[provider]
      : openaiProfileOf(options.endpoint.host, model);
  if (profile.fill === 'marks') return createCompatibleFill({ options, chatFill, onChosen });
  const completion = createOpenaiCompletionModel({ ...options, profile });
  return completion ? { ...completion, id: modelId(access) } : chatFill;
}

function createEmbeddingModel(given: ModelAccess, refused: RefusedParameters): EmbeddingModel {
  const access = atRoot(given);
  const { provider } = access;
  const options = { ...optionsOf(access, refused), ...embeddingTraits(access) };
  const model =
    provider === 'cohere'
      ? createCohereEmbeddingModel(options)
      : createOpenaiEmbeddingModel({ ...options, dialect: provider === 'voyage' ? 'voyage' : 'openai' });
  return { ...model, id: modelId(access) };
}

function createReranker(given: ModelAccess, refused: RefusedParameters): RerankModel {
  const access = atRoot(given);
  const path = access.provider === 'cohere' ? '/v2/rerank' : '/rerank';
  const reranker = createCohereRerankModel({ ...optionsOf(access, refused), path });
  return { ...reranker, id: modelId(access) };
}

function optionsOf(
  { model, baseUrl, apiKey, headers, proxy, plainHttp = false }: ModelAccess,
  refusedParameters: RefusedParameters,
) {
  const endpoint = parseModelEndpoint(baseUrl, { plainHttp });
  const identity = { ...(apiKey !== undefined && { apiKey }), ...(headers && { headers }) };
  // This machine is nobody's business but its own.
  const isHere = reachOf(new URL(baseUrl).hostname) === 'machine';
  const fetch = isHere ? undefined : proxyFetch(proxy ? variablesOf(proxy) : process.env);
  return { endpoint, model, refusedParameters, ...identity, ...(fetch && { fetch }) };
}

/** As the environment would name it. */
function variablesOf({ url, except }: ProxyChoice): Readonly<Record<string, string>> {
  return { http_proxy: url, https_proxy: url, no_proxy: except.join(',') };
}

/** Where the provider's API begins, when a person has pasted the address of one of its versions. */
function atRoot(access: ModelAccess): ModelAccess {
  const { provider, plainHttp = false } = access;
  const { baseUrl } = parseModelEndpoint(access.baseUrl, { plainHttp });
  if (provider === 'cohere')
    return { ...access, baseUrl: baseUrl.replace(/\/(compatibility\/v1|v[12])$/, '') };
  // Google's own format begins where the one that is spoken here goes on.
  if (provider === 'gemini') return { ...access, baseUrl: baseUrl.replace(/\/v1(beta)?$/, '/v1beta/openai') };
  return { ...access, baseUrl };
}

/** Where Cohere speaks OpenAI's formats (https://docs.cohere.com/docs/compatibility-api). */
function compatibleCohere(access: ModelAccess): ModelAccess {
  return { ...access, baseUrl: `${access.baseUrl}/compatibility/v1` };
}

function isSame(a: ModelAccess, b: ModelAccess): boolean {
  const wayOf = ({ headers = {}, proxy }: ModelAccess) => JSON.stringify([headers, proxy]);
  const isSamePlace = a.baseUrl === b.baseUrl && a.plainHttp === b.plainHttp && wayOf(a) === wayOf(b);
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
