import type { LiveSources } from '../context/liveSources.ts';
import { chooseExcerpt, type Excerpt, IMPORT } from '../retrieval/excerpt.ts';
import type { SearchHit } from '../retrieval/hit.ts';
import type { SourceText } from '../retrieval/sourceText.ts';
import { docSentence, type DocSentence } from './docSentence.ts';
import type { Question } from './question.ts';

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
/** Places that do not contain a word of the question, shown when there are no others. */
const VAGUE_PLACES = 2;
/** Hits with less than this share of the best score are left out once there are two places. */
const MIN_SCORE = 0.4;

/** Reads the live text behind each hit and keeps the best places: few, apart from each other, not all in one file. */
export async function findPlaces(
  question: Question,
  hits: readonly SearchHit[],
  sources: LiveSources,
  signal?: AbortSignal,
): Promise<readonly Place[]> {
  const places: Place[] = [];
  const vague: Place[] = [];
  const leastScore = (hits[0]?.score ?? 0) * MIN_SCORE;
  for (const hit of hits) {
    if (isEnough(places, hit.score < leastScore)) break;
    const source = await sources.get(hit.path);
    signal?.throwIfAborted();
    const place = source && bestPlace(source, hit, question);
    if (place === undefined) continue;
    if (place.coverage === 0 && question.file === undefined) vague.push(place);
    else if (isNew(place, places, question.file === undefined ? PLACES_A_FILE : MAX_PLACES))
      places.push(place);
  }
  if (places.length === 0) return vague.slice(0, VAGUE_PLACES);
  return [
    ...places.filter((place) => isAbout(place, question)),
    ...places.filter((place) => !isAbout(place, question)),
  ];
}

/** Keeps the places that use `name`, in the order of the hits. */
export async function findUses(
  name: string,
  hits: readonly SearchHit[],
  sources: LiveSources,
  signal?: AbortSignal,
): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const hit of hits) {
    if (isEnough(places, false)) break;
    const source = await sources.get(hit.path);
    signal?.throwIfAborted();
    const place = source && usePlace(source, hit, name);
    if (place !== undefined && isNew(place, places, PLACES_A_FILE)) places.push(place);
  }
  return places;
}

/** The place is what the question names: a definition, or the file called so. */
export function isAbout({ name, path }: Place, { subject }: Question): boolean {
  const fileName = path.slice(path.lastIndexOf('/') + 1);
  return subject !== undefined && (name === subject || fileName.split('.', 1)[0] === subject);
}

/** The question mentions this file, by its path or by the end of it; a path may be given from further up. */
export function isInNamedFile(path: string, { file }: Question): boolean {
  return file !== undefined && (`/${path}`.endsWith(`/${file}`) || file.endsWith(`/${path}`));
}

function isEnough(places: readonly Place[], isPoor: boolean): boolean {
  return places.length >= MAX_PLACES || (isPoor && places.length >= 2);
}

function bestPlace(source: SourceText, hit: SearchHit, question: Question): Place | undefined {
  const excerpt = chooseExcerpt(source, hit, question.text, MAX_LINES);
  return excerpt && toPlace(source, excerpt, excerpt.definition && docSentence(source, excerpt.definition));
}

function usePlace(source: SourceText, hit: SearchHit, name: string): Place | undefined {
  const excerpt = usageExcerpt(source, hit, name);
  return excerpt && toPlace(source, excerpt, undefined);
}

function toPlace(source: SourceText, excerpt: Excerpt, sentence: DocSentence | undefined): Place {
  const { definition, startLine, endLine, coverage } = excerpt;
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

function isNew(place: Place, places: readonly Place[], mostOfFile: number): boolean {
  const sameFile = places.filter(({ path }) => path === place.path);
  return (
    sameFile.length < mostOfFile &&
    sameFile.every((other) => other.endLine < place.startLine || place.endLine < other.startLine)
  );
}

const LINES_BEFORE = 2;
const LINES_AFTER = 4;
const SHORT_LINES = 12;

/**
 * The lines around the first place within `range` (1-based, inclusive) that uses `name` other than by defining or
 * importing it.
 */
function usageExcerpt(
  source: SourceText,
  range: { readonly startLine: number; readonly endLine: number },
  name: string,
): Excerpt | undefined {
  const last = Math.min(range.endLine, source.lines.length) - 1;
  for (let line = range.startLine - 1; line <= last; line++) {
    if (!isUse(source, line, name)) continue;
    return { ...linesAround(source, line), coverage: 1 };
  }
  return undefined;
}

/** All of a short definition around the line, or a few lines of a long one. */
function linesAround(source: SourceText, line: number): Omit<Excerpt, 'coverage'> {
  const definition = source.definitions.findLast((other) => other.line <= line && line <= other.end);
  const first = definition?.line ?? 0;
  const last = definition?.end ?? source.lines.length - 1;
  const isShort = definition !== undefined && last - first < SHORT_LINES;
  return {
    startLine: (isShort ? first : Math.max(first, line - LINES_BEFORE)) + 1,
    endLine: (isShort ? last : Math.min(last, line + LINES_AFTER)) + 1,
    definition,
  };
}

function isUse(source: SourceText, line: number, name: string): boolean {
  return (
    (source.lines[line] ?? '').includes(name) &&
    source.words(line).includes(name) &&
    !IMPORT.test(source.lines[line] ?? '') &&
    !source.definitions.some((definition) => definition.line === line && definition.name === name)
  );
}
