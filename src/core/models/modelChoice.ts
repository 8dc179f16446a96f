import { isModelProvider, modelProviders, type ModelProvider, type ModelTask } from './modelProviders.ts';

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
