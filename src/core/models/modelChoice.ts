/** A model, as people choose it. */
export interface ModelChoice {
  readonly provider: ModelProvider;
  /** The model's name as its provider knows it. */
  readonly model: string;
}

/** No model but our own. */
export const BUILT_IN = 'built-in';

/**
 * Reads `built-in` or `provider:model`, for example `openai:gpt-5-mini`; `undefined` when it is neither, or when the
 * provider has no models for the task.
 */
export function parseModelChoice(
  text: string,
  task: ModelTask = 'chat',
): ModelChoice | typeof BUILT_IN | undefined {
  const trimmed = text.trim();
  if (trimmed === BUILT_IN) return BUILT_IN;
  // Names of models may contain colons themselves: `compatible:qwen3-coder:30b`.
  const colon = trimmed.indexOf(':');
  const provider = trimmed.slice(0, Math.max(0, colon));
  const model = trimmed.slice(colon + 1).trim();
  if (!isModelProvider(provider) || model === '') return undefined;
  return modelProviders[provider].tasks.includes(task) ? { provider, model } : undefined;
}

/** Takes `parseModelChoice` back. */
export function modelId({ provider, model }: ModelChoice): string {
  return `${provider}:${model}`;
}

/** All that is needed to ask a model. It goes along with each question and is never stored or logged. */
export interface ModelAccess extends ModelChoice {
  /** As a person typed it; checked before anything is sent there. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  /** The user trusts the network on the way to that address, so that code and key may go there in plain http. */
  readonly plainHttp?: boolean;
  /** Sent along with each request, for example for a gateway. Secret like the key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Which proxy to go through, in place of those that the environment names. */
  readonly proxy?: ProxyChoice;
}

export interface ProxyChoice {
  /** An http or https address. */
  readonly url: string;
  /** Hosts that are asked directly, as in `NO_PROXY`. */
  readonly except: readonly string[];
}

/** In place of a model: the one that answers in the chat. */
export const SAME_AS_CHAT = 'chat';

/** A model that puts search results into order: one made for it, or one that chats. */
export interface RankingAccess {
  readonly by: 'reranker' | 'chat';
  readonly model: ModelAccess;
}

/**
 * `compatible`: whatever speaks OpenAI's chat completions, embeddings or Cohere's reranking, such as Ollama, llama.cpp,
 * vLLM or a hosted service.
 */
export type ModelProvider =
  | 'openai'
  | 'anthropic'
  | 'gemini'
  | 'cohere'
  | 'mistral'
  | 'deepseek'
  | 'inception'
  | 'voyage'
  | 'compatible';

/** What a model is asked to do: answer, complete code, turn it into vectors, put search results into order. */
export type ModelTask = 'chat' | 'completion' | 'embedding' | 'ranking';

interface ProviderTraits {
  /** As people call it. */
  readonly label: string;
  /** Where its API is unless the settings say otherwise. */
  readonly baseUrl: string;
  /** False when many servers of the kind have no keys. */
  readonly needsKey: boolean;
  /** What it has models for. */
  readonly tasks: readonly ModelTask[];
  /**
   * Most tokens of a prompt. Servers on one's own machine often cut a longer one without a word, at its beginning, which
   * holds the rules.
   */
  readonly promptTokens: number;
  /** Most tokens of an answer; with models that think, their thoughts count. */
  readonly outputTokens: number;
}

const LARGE = { needsKey: true, promptTokens: 24_000, outputTokens: 16_000 };

export const modelProviders: Readonly<Record<ModelProvider, ProviderTraits>> = {
  openai: {
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    tasks: ['chat', 'completion', 'embedding'],
    ...LARGE,
  },
  anthropic: {
    label: 'Anthropic',
    baseUrl: 'https://api.anthropic.com',
    tasks: ['chat', 'completion'],
    ...LARGE,
  },
  gemini: {
    label: 'Gemini',
    // Google's own endpoint for OpenAI's formats: https://ai.google.dev/gemini-api/docs/openai
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    tasks: ['chat', 'completion', 'embedding'],
    ...LARGE,
  },
  cohere: {
    label: 'Cohere',
    baseUrl: 'https://api.cohere.com',
    tasks: ['chat', 'completion', 'embedding', 'ranking'],
    ...LARGE,
    outputTokens: 4_000,
  },
  mistral: {
    label: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    tasks: ['chat', 'completion'],
    ...LARGE,
  },
  deepseek: {
    label: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com',
    tasks: ['chat', 'completion'],
    ...LARGE,
    outputTokens: 8_000,
  },
  inception: {
    label: 'Inception',
    baseUrl: 'https://api.inceptionlabs.ai/v1',
    tasks: ['chat', 'completion'],
    ...LARGE,
    outputTokens: 8_000,
  },
  voyage: {
    label: 'Voyage',
    baseUrl: 'https://api.voyageai.com/v1',
    tasks: ['embedding', 'ranking'],
    ...LARGE,
  },
  compatible: {
    label: 'OpenAI-compatible server',
    // Where Ollama listens.
    baseUrl: 'http://localhost:11434/v1',
    tasks: ['chat', 'completion', 'embedding', 'ranking'],
    needsKey: false,
    promptTokens: 6_000,
    outputTokens: 2_000,
  },
};

export function isModelProvider(text: string): text is ModelProvider {
  return Object.hasOwn(modelProviders, text);
}

/** A value for each provider. */
export function forEachProvider<T>(
  valueOf: (provider: ModelProvider) => T,
): Readonly<Record<ModelProvider, T>> {
  return {
    openai: valueOf('openai'),
    anthropic: valueOf('anthropic'),
    gemini: valueOf('gemini'),
    cohere: valueOf('cohere'),
    mistral: valueOf('mistral'),
    deepseek: valueOf('deepseek'),
    inception: valueOf('inception'),
    voyage: valueOf('voyage'),
    compatible: valueOf('compatible'),
  };
}
