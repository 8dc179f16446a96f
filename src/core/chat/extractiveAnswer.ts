import { checkCitations, type ReadLive } from '../grounding/checkCitations.ts';
import type { SearchHit } from '../retrieval/hit.ts';
import type { WrittenAnswer } from './answer.ts';
import type { AnswerPart } from './answerEvent.ts';
import { settingsDigest } from '../shared/provenance.ts';
import type { Citation } from '../shared/citation.ts';
import { LiveSources } from '../context/liveSources.ts';
import { findPlaces, findUses, isInNamedFile, type Place } from './place.ts';
import { readQuestion, type Question } from './question.ts';
import { isDoubtful, noUseFound, opening, point, usesFound } from './wording.ts';

export interface AnswerDeps {
  readonly search: (query: string, count: number, signal?: AbortSignal) => Promise<readonly SearchHit[]>;
  readonly readLive: ReadLive;
}

const HITS = 20;
/** Uses of a name are many and rank below its definition. */
const USAGE_HITS = 60;
const SETTINGS = settingsDigest({ 'extractive.hits': HITS, 'extractive.usageHits': USAGE_HITS });

/**
 * Answers a question with quotations from the workspace; no language model takes part. Yields the answer in parts as
 * they are ready, and returns the whole with its citations, checked against the live files.
 */
export async function* answerQuestion(
  text: string,
  deps: AnswerDeps,
  signal?: AbortSignal,
): AsyncGenerator<AnswerPart, WrittenAnswer, undefined> {
  const question = readQuestion(text);
  const sources = new LiveSources(deps.readLive);
  yield { type: 'progress', stage: 'searching' };
  const finding =
    (await findByUse(question, deps, sources, signal)) ??
    (await findByWords(question, deps, sources, signal));
  let answer = '';
  for (const part of partsOf(finding)) {
    signal?.throwIfAborted();
    if (part.type === 'text') answer += part.text;
    yield part;
  }
  const citations = finding.places.map(toCitation);
  const grounding = await checkCitations(answer, citations, deps.readLive);
  return {
    text: answer,
    citations,
    source: 'extractive',
    grounding,
    provenance: { source: 'extractive', settings: SETTINGS },
    ...(finding.isDoubtful && { isAbstention: true }),
  };
}

interface Finding {
  readonly opening: string;
  readonly places: readonly Place[];
  readonly isDoubtful: boolean;
}

async function findByUse(
  question: Question,
  { search }: AnswerDeps,
  sources: LiveSources,
  signal: AbortSignal | undefined,
): Promise<Finding | undefined> {
  const { kind, subject } = question;
  if (kind !== 'usage' || subject === undefined) return undefined;
  const hits = await search(subject, USAGE_HITS, signal);
  const uses = await findUses(subject, hits, sources, signal);
  if (uses.length > 0) return { opening: usesFound(subject, uses), places: uses, isDoubtful: false };
  if (!question.isExactName) return undefined;
  const definitions = (await findPlaces(question, hits, sources, signal)).filter(
    ({ name }) => name === subject,
  );
  // That something is not used anywhere is an answer, as long as it is there.
  return {
    opening: noUseFound(subject, definitions),
    places: definitions,
    isDoubtful: definitions.length === 0,
  };
}

async function findByWords(
  question: Question,
  { search }: AnswerDeps,
  sources: LiveSources,
  signal: AbortSignal | undefined,
): Promise<Finding> {
  const found = await search(question.text, HITS, signal);
  // There is always a nearest vector, so that alone says little.
  const worded = found.filter(({ legs }) => Object.keys(legs).some((leg) => leg !== 'dense'));
  const inFile = worded.filter(({ path }) => isInNamedFile(path, question));
  const places = await findPlaces(question, inFile.length > 0 ? inFile : worded, sources, signal);
  return { opening: opening(question, places), places, isDoubtful: isDoubtful(question, places[0]) };
}

/** The opening may refer to all places. */
function* partsOf({ opening, places }: Finding): Generator<AnswerPart> {
  for (const [at, place] of places.entries()) yield { type: 'citation', citation: toCitation(place, at) };
  yield { type: 'text', text: opening };
  for (const [at, place] of places.entries()) {
    yield { type: 'text', text: `\n\n${point(place, at + 1)}` };
  }
  yield { type: 'text', text: '\n' };
}

function toCitation({ path, startLine, endLine }: Place, at: number): Citation {
  return { number: at + 1, path, startLine, endLine };
}
