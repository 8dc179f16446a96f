/** Everything that calls language models. Built as a bundle of its own, because the SDKs are larger than all the rest. */
import { createAnthropicChatModel } from '../../adapters/anthropic/anthropicChatModel.ts';
import { createOpenaiChatModel } from '../../adapters/openai/openaiChatModel.ts';
import type { ActiveModel } from '../../core/chat/activeModel.ts';
import { chatPolicy, type CallPolicy } from '../../core/models/callPolicy.ts';
import type { ModelAccess } from '../../core/models/modelAccess.ts';
import { modelId } from '../../core/models/modelChoice.ts';
import { ModelClient } from '../../core/models/modelClient.ts';
import { parseModelEndpoint } from '../../core/models/modelEndpoint.ts';
import { modelProviders } from '../../core/models/modelProviders.ts';
import { redactSecrets } from '../../core/models/redactSecrets.ts';
import type { ChatModel, Logger } from '../../core/ports.ts';
import { systemClock } from '../../core/systemClock.ts';
import { logCall } from './logCall.ts';

/** The built-in answer stands by, so nobody need wait long for a provider that is busy or away. */
const turnPolicy: CallPolicy = { ...chatPolicy, attempts: 2, maxRetryAfterMs: 5_000 };

/** The language models of this process. */
export interface ChatModels {
  /** Throws `ModelEndpointError` when nothing may be sent to the address. */
  get(access: ModelAccess): ActiveModel;
}

export function createChatModels(log: Logger, policy = turnPolicy): ChatModels {
  const client = new ModelClient({
    clock: systemClock,
    random: Math.random,
    redact: redactSecrets,
    observe: (event) => {
      logCall(event, log);
    },
  });
  let last: { readonly access: ModelAccess; readonly model: ActiveModel } | undefined;
  return {
    get(access) {
      // The SDK behind a model keeps connections open, so the next question finds the same one.
      if (last && isSame(last.access, access)) return last.model;
      const { promptTokens, outputTokens } = modelProviders[access.provider];
      const model = { chat: client.chat(createModel(access), policy), promptTokens, outputTokens };
      last = { access, model };
      return model;
    },
  };
}

function createModel({ provider, model, baseUrl, apiKey }: ModelAccess): ChatModel {
  const options = { endpoint: parseModelEndpoint(baseUrl), model, ...(apiKey !== undefined && { apiKey }) };
  const chat = provider === 'anthropic' ? createAnthropicChatModel(options) : createOpenaiChatModel(options);
  return {
    id: modelId({ provider, model }),
    endpoint: chat.endpoint,
    stream: (request, signal) => chat.stream(request, signal),
  };
}

function isSame(a: ModelAccess, b: ModelAccess): boolean {
  return a.provider === b.provider && a.model === b.model && a.baseUrl === b.baseUrl && a.apiKey === b.apiKey;
}
