import { greatest } from '../../shared/greatest.ts';
import type { DefinitionMatch } from '../definitionMatcher.ts';
import type { FusedChunk } from '../fuse.ts';
import { fileKind, isDeclaration, versionOf } from './fileKind.ts';
import { pathWords, shareAmong, withoutExtension } from './pathWords.ts';
import type { Question } from './question.ts';

/** What speaks for a place, 0…1 (likeness and kind: -1…1). */
export interface PlaceFeatures extends DefinitionMatch, FileFeatures {}

/** The same for all places of a file. */
export interface FileFeatures {
  /** Share of the file's name that is in the question. */
  readonly file: number;
  /** Share of the question that is in the file's name. */
  readonly asked: number;
  /** 1 for a file that is called as words of the question are. */
  readonly called: number;
  /** Share of the folder's name that is in the question. */
  readonly folder: number;
  /** How much of the file was found, beside the file of which most was. */
  readonly coherence: number;
  /** 1 for what is passed over unless it is asked for, 2 for lock files; see `FileKind`. */
  readonly test: number;
  readonly aside: number;
  readonly prose: number;
  readonly data: number;
  /** 1 for a file that declares what another one that was found defines. */
  readonly declaration: number;
}

/** Likenesses are compared with the best one, but not where even that is nothing. */
const MIN_LIKENESS = 0.05;
/** How far down definitions are compared, which takes more time than all else. */
const MATCHED = 50;
/** What each further place of a file adds to its coherence, beside the one before. */
const NEXT_PLACE = 0.5;

/** The features of each chunk, which are given best first. */
export function placeFeatures(
  question: Question,
  chunks: readonly FusedChunk[],
  matchOf: (chunk: FusedChunk) => DefinitionMatch,
): readonly PlaceFeatures[] {
  const files = fileFeatures(question, chunks);
  const matches = chunks.map((chunk, at) => (at < MATCHED ? matchOf(chunk) : NO_MATCH));
  const mostAlike = greatest(
    matches.map(({ likeness }) => likeness),
    MIN_LIKENESS,
  );
  return chunks.map(({ path }, at) => {
    const match = matches[at] ?? NO_MATCH;
    return { ...match, ...(files.get(path) ?? NO_FILE), likeness: match.likeness / mostAlike };
  });
}

export const NO_MATCH: DefinitionMatch = { name: 0, prefix: 0, words: 0, likeness: 0, kind: 0, defined: 0 };
const NO_FILE: FileFeatures = {
  file: 0,
  asked: 0,
  called: 0,
  folder: 0,
  coherence: 0,
  test: 0,
  aside: 0,
  prose: 0,
  data: 0,
  declaration: 0,
};

function fileFeatures(question: Question, chunks: readonly FusedChunk[]): ReadonlyMap<string, FileFeatures> {
  const coherences = new Map(
    [...Map.groupBy(chunks, ({ path }) => path)].map(([path, places]) => [path, coherence(places)]),
  );
  const most = greatest([...coherences.values()], 0) || 1;
  const others = otherFiles([...coherences.keys()]);
  return new Map(
    [...coherences].map(([path, sum]) => [
      path,
      { coherence: sum / most, ...nameFeatures(question, path), ...kindFeatures(question, path, others) },
    ]),
  );
}

function coherence(places: readonly FusedChunk[]): number {
  let share = 1;
  let sum = 0;
  for (const { score } of places) {
    sum += score * share;
    share *= NEXT_PLACE;
  }
  return sum;
}

function nameFeatures(
  { words, runs }: Question,
  path: string,
): Pick<FileFeatures, 'file' | 'asked' | 'called' | 'folder'> {
  const { name, folder, whole } = pathWords(path);
  return {
    file: shareAmong(name, words),
    asked: shareAmong(words, name),
    called: Number(runs.has(whole)),
    folder: shareAmong(folder, words),
  };
}

function kindFeatures(
  { wantsTests, wantsAside, wantsProse, wantsData }: Question,
  path: string,
  others: OtherFiles,
): Pick<FileFeatures, 'test' | 'aside' | 'prose' | 'data' | 'declaration'> {
  const { isTest, isAside, isProse, isData, isLock } = fileKind(path);
  return {
    test: Number(isTest && !wantsTests),
    aside: Number((isAside || others.haveNewer(path)) && !wantsAside),
    prose: Number(isProse && !wantsProse),
    data: wantsData ? 0 : Number(isData) + Number(isLock),
    declaration: Number(others.define(path)),
  };
}

/** What the files that were found say of one of them. */
interface OtherFiles {
  /** Whether one is in a later version of the folder, `v4/` beside `v3/`, or what `v1/config.py` has become: `config.py`. */
  readonly haveNewer: (path: string) => boolean;
  /** Whether one of the same name defines what this one declares. */
  readonly define: (path: string) => boolean;
}

function otherFiles(paths: readonly string[]): OtherFiles {
  const known = new Set(paths);
  const newest = new Map<string, number>();
  const defining = new Set<string>();
  for (const path of paths) {
    const versioned = versionOf(path);
    if (versioned) {
      newest.set(versioned.folder, Math.max(versioned.version, newest.get(versioned.folder) ?? 0));
    }
    if (!isDeclaration(path)) defining.add(nameOf(path));
  }
  return {
    haveNewer(path) {
      const versioned = versionOf(path);
      if (versioned === undefined) return false;
      return versioned.version < (newest.get(versioned.folder) ?? 0) || known.has(versioned.unversioned);
    },
    define: (path) => isDeclaration(path) && defining.has(nameOf(path)),
  };
}

function nameOf(path: string): string {
  return withoutExtension(path.slice(path.lastIndexOf('/') + 1));
}
