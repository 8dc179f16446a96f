import type { ChatCase } from '../evalCase.ts';

type Demands = Pick<ChatCase, 'mustMention' | 'mustNotMention'>;

/** What of the texts that a right answer contains is missing, and what it should not contain and does. */
export interface MentionFaults {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** Texts are looked for anywhere in the answer, whatever the case of their letters. */
export function mentionFaults(answer: string, { mustMention, mustNotMention }: Demands): MentionFaults {
  const lower = answer.toLowerCase();
  const has = (text: string): boolean => lower.includes(text.toLowerCase());
  return { missing: mustMention.filter((text) => !has(text)), extra: mustNotMention.filter(has) };
}

/** 1 when an answer contains all it must and nothing it must not, else 0. Does not apply where nothing is demanded. */
export function mentionScore(answer: string, demands: Demands): number | undefined {
  if (demands.mustMention.length + demands.mustNotMention.length === 0) return undefined;
  const { missing, extra } = mentionFaults(answer, demands);
  return Number(missing.length + extra.length === 0);
}
