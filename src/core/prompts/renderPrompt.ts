import type { ChatRequest } from '../ports/chatRequest.ts';
import { estimateTokens } from './estimateTokens.ts';
import { fitPrompt } from './fitPrompt.ts';
import { prompts, type PromptId, type PromptInput, type PromptSelection } from './promptRegistry.ts';
import type { PromptTemplate } from './promptTemplate.ts';
import type { TokenCounter } from './tokenCounter.ts';

export interface RenderOptions {
  /** For the whole prompt, without the answer. */
  readonly budgetTokens: number;
  readonly maxOutputTokens: number;
  /** An estimate unless given. */
  readonly count?: TokenCounter;
  readonly selection?: PromptSelection;
}

export interface RenderedPrompt {
  /** Template and version, for example `chat.answer@1`. */
  readonly name: string;
  readonly request: ChatRequest;
  /** Of the whole prompt; at most the budget. */
  readonly tokens: number;
  /** Names of the pieces that are in it. */
  readonly kept: ReadonlySet<string>;
}

/**
 * Renders a prompt of the registry. The same input gives the same text, byte for byte. Throws `PromptTooLongError` when
 * the budget is too small for what every such prompt contains, and a `RangeError` for a version that does not exist.
 */
export function renderPrompt<Id extends PromptId>(
  id: Id,
  input: PromptInput<Id>,
  options: RenderOptions,
): RenderedPrompt {
  // A template fits the input of its own id, which the compiler cannot follow through the registry.
  const template = prompts[id] as unknown as PromptTemplate<PromptInput<Id>>;
  return renderTemplate(template, input, { ...options, version: options.selection?.[id] });
}

/** Renders a template that need not be in the registry. */
export function renderTemplate<Input>(
  template: PromptTemplate<Input>,
  input: Input,
  options: Omit<RenderOptions, 'selection'> & { readonly version?: number | undefined },
): RenderedPrompt {
  const { budgetTokens, maxOutputTokens, count = estimateTokens, version = template.active } = options;
  const variant = template.variants.find((each) => each.version === version);
  if (!variant) throw new RangeError(`The prompt ${template.id} has no version ${version}.`);
  const { messages, tokens, kept } = fitPrompt(variant.build(input), budgetTokens, count);
  return { name: `${template.id}@${version}`, request: { messages, maxOutputTokens }, tokens, kept };
}
