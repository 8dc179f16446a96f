import { counted } from './counted.ts';
import type { Evaluation } from './evaluation.ts';
import { MAX_ERRORS } from './runCases.ts';

/** Why an evaluation says nothing, and what to do; `undefined` when it can be relied on. */
export function inconclusive({ chat }: Evaluation): string | undefined {
  const [first] = chat?.errors ?? [];
  if (!chat || !first) return undefined;
  const { errors, outcomes, model } = chat;
  const all = errors.length + outcomes.length;
  if (errors.length <= MAX_ERRORS * all) return undefined;
  return `Inconclusive: ${errors.length} of ${counted(all, 'question')} for the chat got no answer from ${model}, which says nothing about its quality. ${first.message} Run the same again once this is mended: what is finished is kept.`;
}
