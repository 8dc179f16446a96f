import { chooseExcerpt, type Excerpt } from '../retrieval/excerpt.ts';
import type { SearchHit } from '../retrieval/hit.ts';
import { SourceText } from '../retrieval/sourceText.ts';
import { docSentence } from './docSentence.ts';
import type { Question } from './question.ts';
import { usageExcerpt } from './usageExcerpt.ts';

/** A part of a live file that helps to answer, with what is quoted of it. */
export interface Place {
  readonly path: string;
  /** 1-based, inclusive: everything quoted lies within. */
  readonly startLine: number;
  readonly endLine: number;
  /** 1-based line of what is meant. */
  readonly line: number;
  /** The definition shown, or the one a use lies in; the empty string when there is none. */
  readonly name: string;
  readonly sentence: string | undefined;
  readonly code: readonly string[];
  /** Share of the question's terms found here, 0…1. */
  readonly coverage: number;
}

const MAX_LINES = 12;
const MAX_PLACES = 5;
const PLACES_A_FILE = 2;
/** Hits with less than this share of the best score are left out once there are two. */
const LEAST_SCORE = 0.4;

/** Reads the live text behind each hit and keeps the best places: few, apart from each other, not all in one file. */
export async function findPlaces(
  question: Question,
  hits: readonly SearchHit[],
  readLive: (path: string) => Promise<string | undefined>,
  signal?: AbortSignal,
): Promise<readonly Place[]> {
  const sources = new Map<string, SourceText | undefined>();
  const places: Place[] = [];
  const leastScore = isUsage(question) ? 0 : (hits[0]?.score ?? 0) * LEAST_SCORE;
  for (const hit of hits) {
    if (places.length >= MAX_PLACES || (places.length >= 2 && hit.score < leastScore)) break;
    if (!sources.has(hit.path)) {
      const text = await readLive(hit.path);
      sources.set(hit.path, text === undefined ? undefined : new SourceText(hit.path, text));
      signal?.throwIfAborted();
    }
    const source = sources.get(hit.path);
    const place = source && placeAt(question, source, hit);
    if (place !== undefined && isNew(place, places)) places.push(place);
  }
  const isSubject = (place: Place): boolean => !isUsage(question) && place.name === question.subject;
  return [...places.filter(isSubject), ...places.filter((place) => !isSubject(place))];
}

function isUsage(question: Question): question is Question & { readonly subject: string } {
  return question.kind === 'usage' && question.subject !== undefined;
}

function placeAt(question: Question, source: SourceText, hit: SearchHit): Place | undefined {
  const excerpt = isUsage(question)
    ? usageExcerpt(source, hit, question.subject)
    : chooseExcerpt(source, hit, question.text, MAX_LINES);
  return excerpt && toPlace(source, excerpt, isUsage(question));
}

function toPlace(source: SourceText, excerpt: Excerpt, isUse: boolean): Place {
  const { definition, startLine, endLine, coverage } = excerpt;
  const sentence = definition && !isUse ? docSentence(source, definition) : undefined;
  return {
    path: source.path,
    startLine: Math.min(startLine, sentence?.startLine ?? startLine),
    endLine: Math.max(endLine, sentence?.endLine ?? endLine),
    line: startLine,
    name: definition?.name ?? '',
    sentence: sentence?.text,
    code: source.lines.slice(startLine - 1, endLine),
    coverage,
  };
}

function isNew(place: Place, places: readonly Place[]): boolean {
  const sameFile = places.filter(({ path }) => path === place.path);
  return (
    sameFile.length < PLACES_A_FILE &&
    sameFile.every((other) => other.endLine < place.startLine || place.endLine < other.startLine)
  );
}
