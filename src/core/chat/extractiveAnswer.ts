import { LiveSources } from '../context/liveSources.ts';
import { checkCitations, type ReadLive } from '../grounding/checkCitations.ts';
import type { SearchHit } from '../retrieval/hit.ts';
import type { Citation } from '../shared/citation.ts';
import { settingsDigest } from '../shared/provenance.ts';
import { dedent } from '../text/dedent.ts';
import { languageTag } from '../text/languageTag.ts';
import { codeFence, escapeMarkdown, inlineCode } from '../text/markdownText.ts';
import type { AnswerPart, WrittenAnswer } from './answer.ts';
import { findPlaces, findUses, isAbout, isInNamedFile, type Place } from './place.ts';
import { type Question, readQuestion } from './question.ts';

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

/** Below this share of the question's terms, the best place may well be no answer. */
const CONVINCING = 0.5;
const ITEM_INDENT = '   ';

/** The first sentence: where the answer most probably is, and how sure that is. */
function opening(question: Question, places: readonly Place[]): string {
  const [first] = places;
  if (first === undefined) return nothingFound('this question');
  const where = `${inlineCode(first.path)}, line ${first.line}`;
  const what = first.name === '' ? where : `${inlineCode(first.name)} in ${where}`;
  if (isInNamedFile(first.path, question)) {
    const part = first.name === '' ? '' : `${inlineCode(first.name)} on `;
    return `In ${inlineCode(first.path)}, what fits best is ${part}line ${first.line} [1].`;
  }
  if (isAbout(first, question)) return aboutSubject(question, where);
  if (first.coverage < CONVINCING) {
    return `No place in the indexed files matches the whole question. The nearest I found is ${what} [1].`;
  }
  return probable(question, what);
}

/** The opening says that what was asked for was not found: the first place, if there is one, is no more than near. */
function isDoubtful(question: Question, first: Place | undefined): boolean {
  if (first === undefined) return true;
  if (isInNamedFile(first.path, question) || isAbout(first, question)) return false;
  return first.coverage < CONVINCING || wantsOtherDefinition(question);
}

/** The question names what it wants defined, and a place that is not about it will not do. */
function wantsOtherDefinition({ kind, subject, isExactName }: Question): boolean {
  return kind === 'definition' && isExactName && subject !== undefined;
}

function aboutSubject({ kind, subject = '' }: Question, where: string): string {
  const name = inlineCode(subject);
  return kind === 'definition' ? `${name} is defined in ${where} [1].` : `${name} is in ${where} [1].`;
}

function probable({ kind, subject, isExactName }: Question, what: string): string {
  switch (kind) {
    case 'definition':
      return isExactName && subject !== undefined
        ? `No definition of ${inlineCode(subject)} is indexed. The nearest I found is ${what} [1].`
        : `The most likely definition is ${what} [1].`;
    case 'purpose':
      return `The best explanation is probably ${what} [1].`;
    case 'how':
      return `The code that does this is most probably ${what} [1].`;
    case 'usage':
    case 'other':
      return `The answer is most probably in ${what} [1].`;
  }
}

/** The first sentence about uses of a name, of which there is at least one. */
function usesFound(name: string, places: readonly Place[]): string {
  const files = new Set(places.map(({ path }) => path)).size;
  const count = places.length === 1 ? 'one place' : `${places.length} places`;
  const spread = files === 1 ? 'one file' : `${files} files`;
  const numbers = places.map((_, at) => `[${at + 1}]`).join(' ');
  return `Among the best matches, ${inlineCode(name)} is used in ${count} in ${spread} ${numbers}.`;
}

/** `definitions` are cited as sources, in their order. */
function noUseFound(name: string, definitions: readonly Place[]): string {
  const [first] = definitions;
  return first === undefined
    ? nothingFound(inlineCode(name))
    : `I found no use of ${inlineCode(name)} beside its definition in ${inlineCode(first.path)}, line ${first.line} [1].`;
}

/** One numbered point: where, what its comment says, and the code. */
function point(place: Place, number: number): string {
  const where = inlineCode(`${place.path}:${place.startLine}-${place.endLine}`);
  const head = place.name === '' ? where : `${inlineCode(place.name)}, ${where}`;
  const quote = place.sentence === undefined ? [] : [`> ${escapeMarkdown(place.sentence)}`, ''];
  const body = [...quote, ...codeFence(dedent(place.code), languageTag(place.path))];
  const item = body.map((line) => (line === '' ? '' : ITEM_INDENT + line));
  return [`${number}. ${head} [${number}]`, '', ...item].join('\n');
}

function nothingFound(what: string): string {
  return [
    `I found nothing in the indexed files that matches ${what}.`,
    '',
    'What may help:',
    '',
    '- Use words that stand in the code: a name of a function, a type or a file, or a part of one.',
    '- If indexing is still running, ask again when it has finished.',
    '- Files that are ignored, generated, binary or very large are not indexed.',
  ].join('\n');
}
