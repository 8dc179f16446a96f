/** `compatible`: whatever speaks OpenAI's chat completions, such as Ollama, llama.cpp, vLLM or a hosted service. */
export type ModelProvider = 'openai' | 'anthropic' | 'compatible';

export interface ProviderTraits {
  /** As people call it. */
  readonly label: string;
  /** Where its API is unless the settings say otherwise. */
  readonly baseUrl: string;
  /** False when many servers of the kind have no keys. */
  readonly needsKey: boolean;
  /**
   * Most tokens of a prompt. Servers on one's own machine often cut a longer one without a word, at its beginning, which
   * holds the rules.
   */
  readonly promptTokens: number;
  /** Most tokens of an answer; with models that think, their thoughts count. */
  readonly outputTokens: number;
}

const LARGE = { promptTokens: 24_000, outputTokens: 16_000 };

export const modelProviders: Readonly<Record<ModelProvider, ProviderTraits>> = {
  openai: { label: 'OpenAI', baseUrl: 'https://api.openai.com/v1', needsKey: true, ...LARGE },
  anthropic: { label: 'Anthropic', baseUrl: 'https://api.anthropic.com', needsKey: true, ...LARGE },
  compatible: {
    label: 'OpenAI-compatible server',
    // Where Ollama listens.
    baseUrl: 'http://localhost:11434/v1',
    needsKey: false,
    promptTokens: 6_000,
    outputTokens: 2_000,
  },
};

export function isModelProvider(text: string): text is ModelProvider {
  return Object.hasOwn(modelProviders, text);
}
