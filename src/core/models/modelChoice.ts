import { isModelProvider, type ModelProvider } from './modelProviders.ts';

/** A language model, as people choose it. */
export interface ModelChoice {
  readonly provider: ModelProvider;
  /** The model's name as its provider knows it. */
  readonly model: string;
}

/** No language model. */
export const BUILT_IN = 'built-in';

/** Reads `built-in` or `provider:model`, for example `openai:gpt-5-mini`; `undefined` when it is neither. */
export function parseModelChoice(text: string): ModelChoice | typeof BUILT_IN | undefined {
  const trimmed = text.trim();
  if (trimmed === BUILT_IN) return BUILT_IN;
  // Names of models may contain colons themselves: `compatible:qwen3-coder:30b`.
  const colon = trimmed.indexOf(':');
  const provider = trimmed.slice(0, Math.max(0, colon));
  const model = trimmed.slice(colon + 1).trim();
  return isModelProvider(provider) && model !== '' ? { provider, model } : undefined;
}

/** Takes `parseModelChoice` back. */
export function modelId({ provider, model }: ModelChoice): string {
  return `${provider}:${model}`;
}
