import type { SearchHit } from '../retrieval/hit.ts';
import type { Answer } from './answer.ts';

/** What an answer is made from. */
export interface AnswerDependencies {
  readonly search: (query: string, count: number, signal?: AbortSignal) => Promise<readonly SearchHit[]>;
  readonly readLive: (path: string) => Promise<string | undefined>;
}

/** Names the places that the search found, each with a citation. */
export async function* answerQuestion(
  question: string,
  { search }: AnswerDependencies,
  signal: AbortSignal,
): AsyncGenerator<string, Answer> {
  const hits = await search(question, 5, signal);
  const citations = hits.map(({ path, startLine, endLine }, index) => ({
    number: index + 1,
    path,
    startLine,
    endLine,
  }));
  const text = citations.map(({ number, path }) => `- \`${path}\` [${number}]\n`).join('');
  yield text;
  return {
    text,
    citations,
    source: 'extractive',
    grounding: { checked: citations.length, supported: citations.length },
  };
}
