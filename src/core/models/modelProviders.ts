/**
 * `compatible`: whatever speaks OpenAI's chat completions, embeddings or Cohere's reranking, such as Ollama, llama.cpp,
 * vLLM or a hosted service.
 */
export type ModelProvider = 'openai' | 'anthropic' | 'gemini' | 'cohere' | 'voyage' | 'compatible';

/** What a model is asked to do: answer, turn code into vectors, put search results into order. */
export type ModelTask = 'chat' | 'embedding' | 'ranking';

export interface ProviderTraits {
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
    tasks: ['chat', 'embedding'],
    ...LARGE,
  },
  anthropic: { label: 'Anthropic', baseUrl: 'https://api.anthropic.com', tasks: ['chat'], ...LARGE },
  gemini: {
    label: 'Gemini',
    // Google's own endpoint for OpenAI's formats: https://ai.google.dev/gemini-api/docs/openai
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    tasks: ['chat', 'embedding'],
    ...LARGE,
  },
  cohere: {
    label: 'Cohere',
    baseUrl: 'https://api.cohere.com',
    tasks: ['chat', 'embedding', 'ranking'],
    ...LARGE,
    outputTokens: 4_000,
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
    tasks: ['chat', 'embedding', 'ranking'],
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
    voyage: valueOf('voyage'),
    compatible: valueOf('compatible'),
  };
}
