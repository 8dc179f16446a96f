import type { ChatRequest } from '../ports/models.ts';
import type { PromptVersion } from '../shared/provenance.ts';
import { estimateTokens } from './estimateTokens.ts';
import { fitPrompt } from './fitPrompt.ts';
import { prompts, type PromptId, type PromptInput } from './promptRegistry.ts';
import type { PromptTemplate } from './promptTemplate.ts';
import type { TokenCounter } from './tokenCounter.ts';

export interface RenderOptions {
  /** Which variant to render, as a `PromptPolicy` chose it. */
  readonly variant: number;
  /** For the whole prompt, without the answer. */
  readonly budgetTokens: number;
  readonly maxOutputTokens: number;
  /** An estimate unless given. */
  readonly count?: TokenCounter;
}

export interface RenderedPrompt {
  readonly version: PromptVersion;
  readonly request: ChatRequest;
  /** Of the whole prompt; at most the budget. */
  readonly tokens: number;
  /** Names of the pieces that are in it. */
  readonly kept: ReadonlySet<string>;
}

/**
 * Renders a prompt of the registry. The same input gives the same text, byte for byte. Throws `PromptTooLongError` when
 * the budget is too small for what every such prompt contains, and a `RangeError` for a variant that does not exist.
 */
export function renderPrompt<Id extends PromptId>(
  id: Id,
  input: PromptInput<Id>,
  options: RenderOptions,
): RenderedPrompt {
  // A template fits the input of its own id, which the compiler cannot follow through the registry.
  const template = prompts[id] as unknown as PromptTemplate<PromptInput<Id>>;
  return renderTemplate(template, input, options);
}

/** Renders a template that need not be in the registry. */
export function renderTemplate<Input>(
  template: PromptTemplate<Input>,
  input: Input,
  { variant: wanted, budgetTokens, maxOutputTokens, count = estimateTokens }: RenderOptions,
): RenderedPrompt {
  const variant = template.variants.find(({ version }) => version === wanted);
  if (!variant) throw new RangeError(`The prompt ${template.id} has no variant ${wanted}.`);
  const { messages, tokens, kept } = fitPrompt(variant.build(input), budgetTokens, count);
  const version = { id: template.id, variant: wanted };
  return { version, request: { messages, maxOutputTokens }, tokens, kept };
}
