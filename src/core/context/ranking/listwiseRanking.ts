import * as z from 'zod';
import { ModelResponseError } from '../../errors/modelErrors.ts';
import type { ActiveModel } from '../../models/activeModel.ts';
import type { PromptPolicy } from '../../ports/promptPolicy.ts';
import { renderPrompt } from '../../prompts/renderPrompt.ts';
import type { SearchRankInput } from '../../prompts/searchRank.ts';
import type { RankModel } from './rankModel.ts';

/** Enough for the numbers of all excerpts, and for models that think a little first. */
const OUTPUT_TOKENS = 1_000;

const answer = z.object({ ranking: z.array(z.int().positive()) });

/**
 * Ranks by a chat model that sees all excerpts at once and names them in order (list-wise; Sun et al., "Is ChatGPT Good
 * at Search?", 2023). An answer that cannot be read is asked for once more.
 */
export function listwiseRanking({ chat, promptTokens }: ActiveModel, prompts: PromptPolicy): RankModel {
  async function ask(input: SearchRankInput, signal: AbortSignal): Promise<string> {
    const { prompt } = prompts.choose({ prompt: 'search.rank' });
    const { request } = renderPrompt('search.rank', input, {
      variant: prompt.variant,
      budgetTokens: promptTokens,
      maxOutputTokens: OUTPUT_TOKENS,
    });
    let text = '';
    for await (const part of chat.stream(request, signal)) {
      if (part.type === 'text') text += part.text;
      if (part.type === 'retract') text = '';
    }
    return text;
  }
  return {
    id: chat.id,
    async rank(query, blocks, signal) {
      let read = readRanking(await ask({ query, blocks }, signal));
      if ('complaint' in read) {
        read = readRanking(await ask({ query, blocks, complaint: read.complaint }, signal));
      }
      if ('complaint' in read) throw new ModelResponseError(chat.endpoint, 'malformed');
      return scoresOf(read.ranking, blocks.length);
    },
  };
}

/** Models like to wrap what they were asked for into a sentence or a fence. */
function readRanking(text: string): { readonly ranking: readonly number[] } | { readonly complaint: string } {
  const [json] = /\{[^{}]*\}/.exec(text) ?? [];
  if (json === undefined) return { complaint: 'there is no JSON object in it.' };
  try {
    const read = answer.safeParse(JSON.parse(json));
    return read.success ? read.data : { complaint: '"ranking" is no list of numbers from 1 on.' };
  } catch {
    return { complaint: 'the JSON is broken.' };
  }
}

/** The first of the ranking has the most; those that it leaves out have 0. Numbers of no excerpt are passed over. */
function scoresOf(ranking: readonly number[], count: number): readonly number[] {
  const scores = new Array<number>(count).fill(0);
  for (const [position, number] of ranking.entries()) {
    if (number <= count && scores[number - 1] === 0) scores[number - 1] = 1 / (position + 1);
  }
  return scores;
}
