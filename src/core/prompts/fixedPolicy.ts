import type { PromptPolicy } from '../ports/promptPolicy.ts';
import { prompts, type PromptId } from './promptRegistry.ts';

/** Variants by the id of their prompt. */
export type PinnedVariants = Readonly<Partial<Record<PromptId, number>>>;

/**
 * Serves every request with the same variant: the pinned one, else the template's default. Throws a `RangeError` for a
 * prompt or variant that does not exist, here for one that is pinned and in `choose` for one that is asked for.
 */
export function fixedPolicy(pinned: PinnedVariants = {}): PromptPolicy {
  for (const [id, variant] of Object.entries(pinned)) {
    if (!templateOf(id).variants.some(({ version }) => version === variant)) {
      throw new RangeError(`The prompt ${id} has no variant ${variant}.`);
    }
  }
  return {
    choose({ prompt: id }) {
      const variant = templateOf(id).default;
      return { prompt: { id, variant: isPromptId(id) ? (pinned[id] ?? variant) : variant } };
    },
  };
}

function templateOf(id: string): (typeof prompts)[PromptId] {
  if (!isPromptId(id)) throw new RangeError(`There is no prompt ${id}.`);
  return prompts[id];
}

function isPromptId(id: string): id is PromptId {
  return Object.hasOwn(prompts, id);
}
