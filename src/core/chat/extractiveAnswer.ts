import { checkCitations, type ReadLive } from '../grounding/checkCitations.ts';
import type { SearchHit } from '../retrieval/hit.ts';
import type { Answer, Citation } from './answer.ts';
import { findPlaces, type Place } from './place.ts';
import { readQuestion, type Question } from './question.ts';
import { opening, point } from './wording.ts';

export interface AnswerDeps {
  readonly search: (query: string, count: number, signal?: AbortSignal) => Promise<readonly SearchHit[]>;
  readonly readLive: ReadLive;
}

const HITS = 20;
/** Uses of a name are many and rank below its definition. */
const USAGE_HITS = 60;

/**
 * Answers a question with quotations from the workspace; no language model takes part. Yields the answer's Markdown
 * in parts as they are ready, and returns the whole with its citations, checked against the live files.
 */
export async function* answerQuestion(
  text: string,
  { search, readLive }: AnswerDeps,
  signal?: AbortSignal,
): AsyncGenerator<string, Answer, undefined> {
  const places = await placesFor(readQuestion(text), { search, readLive }, signal);
  let answer = '';
  for (const part of partsOf(places)) {
    signal?.throwIfAborted();
    answer += part;
    yield part;
  }
  const citations = places.places.map(toCitation);
  const grounding = await checkCitations(answer, citations, readLive);
  return { text: answer, citations, source: 'extractive', grounding };
}

interface Found {
  readonly question: Question;
  readonly places: readonly Place[];
}

/** Looks for uses when these are asked for; where there are none, the question is answered like any other. */
async function placesFor(question: Question, deps: AnswerDeps, signal?: AbortSignal): Promise<Found> {
  if (question.kind === 'usage' && question.subject !== undefined) {
    const hits = await deps.search(question.subject, USAGE_HITS, signal);
    const uses = await findPlaces(question, hits, deps.readLive, signal);
    if (uses.length > 0) return { question, places: uses };
  }
  const other: Question = question.kind === 'usage' ? { ...question, kind: 'other' } : question;
  const hits = (await deps.search(question.text, HITS, signal)).filter(
    ({ legs }) => legs.lexical !== undefined,
  );
  return { question: other, places: await findPlaces(other, hits, deps.readLive, signal) };
}

function* partsOf({ question, places }: Found): Generator<string> {
  yield opening(question, places);
  for (const [at, place] of places.entries()) yield `\n\n${point(place, at + 1)}`;
  yield '\n';
}

function toCitation({ path, startLine, endLine }: Place, at: number): Citation {
  return { number: at + 1, path, startLine, endLine };
}
