import type { Clock, Logger } from '../ports/runtime.ts';
import { pause } from '../async/pause.ts';
import type { SearchHit } from '../retrieval/hit.ts';
import type { ContextSource, LegPlace } from './contextSource.ts';
import { mentionsIn } from './mentions.ts';

/** What the editor knows of a person's work; paths as search gives them. */
export interface WorkHints {
  /** Files on screen and those edited last, most recent first. */
  readonly recent: readonly string[];
  /** Files that differ from the last commit. */
  readonly modified: readonly string[];
}

export interface ContextSourcesInputs {
  readonly search: (query: string, count: number, signal: AbortSignal) => Promise<readonly SearchHit[]>;
  /** Every indexed path, as search gives it. */
  readonly paths: () => Iterable<string>;
  /** Where the language servers say that something of the name is defined. */
  readonly symbols: (name: string, signal: AbortSignal) => Promise<readonly LegPlace[]>;
  readonly hints: WorkHints;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'debug'>;
}

/** All that may know of places for a question: to be asked at the same time, the slowest first. */
export function contextSources({
  search,
  paths,
  symbols,
  hints,
  clock,
  log,
}: ContextSourcesInputs): readonly ContextSource[] {
  return [
    searchSource(search),
    symbolSource({ symbols, clock, log }),
    mentionSource(paths),
    fileSource('recent', hints.recent),
    fileSource('modified', hints.modified),
  ];
}

/** Words and vectors of the index. The one source that is not done without. */
function searchSource(search: ContextSourcesInputs['search']): ContextSource {
  return {
    name: 'search',
    async find(question, count, signal) {
      const hits = await search(question, count, signal);
      return hits.map(({ path, startLine, endLine, score, legs }) => ({
        path,
        lines: { startLine, endLine },
        evidence: { score, legs },
      }));
    },
  };
}

/** The files that the question names by their paths. */
function mentionSource(paths: ContextSourcesInputs['paths']): ContextSource {
  return { name: 'mention', find: (question) => Promise.resolve(mentionsIn(question, paths())) };
}

/** Files that are known without asking. */
function fileSource(name: 'recent' | 'modified', paths: readonly string[]): ContextSource {
  return { name, find: () => Promise.resolve(paths.map((path) => ({ path }))) };
}

/** Language servers that take longer are not waited for. */
export const SYMBOLS_MS = 300;

/** Where language servers say that the names in the question are defined. */
function symbolSource({
  symbols,
  clock,
  log,
}: Pick<ContextSourcesInputs, 'symbols' | 'clock' | 'log'>): ContextSource {
  return {
    name: 'symbol',
    async find(question, _, signal) {
      const names = symbolNamesIn(question);
      if (names.length === 0) return [];
      const late = new AbortController();
      const stop = AbortSignal.any([signal, late.signal]);
      try {
        const places = Promise.all(names.map((name) => symbols(name, stop)));
        const none = pause(clock, SYMBOLS_MS, stop).then(() => []);
        const found = (await Promise.race([places, none])).flat();
        return found.map(({ path, startLine, endLine }) => ({ path, lines: { startLine, endLine } }));
      } catch (error) {
        if (!signal.aborted) log.debug('Language servers gave no symbols', error);
        return [];
      } finally {
        late.abort();
      }
    },
  };
}

/** Names that language servers are asked for, at most. */
const MAX_NAMES = 3;
/** In backticks, with a call's parentheses, or with an inner border: `user_name`, `userName`, `UserName`. */
const NAMES =
  /`([\p{L}_$][\p{L}\p{N}_$]*)(?:\(\))?`|(?<![\p{L}\p{N}_$])(?:([\p{L}_$][\p{L}\p{N}_$]*)\(\)|([\p{L}_$][\p{L}\p{N}$]*(?:_[\p{L}\p{N}$]+|\p{Ll}\p{Lu}[\p{L}\p{N}$]*)[\p{L}\p{N}_$]*))/gu;

/** The names in a question that cannot be ordinary words, in its order, each once. */
export function symbolNamesIn(question: string): readonly string[] {
  const names = [...question.matchAll(NAMES)].map(
    ([, quoted, called, written]) => quoted ?? called ?? written ?? '',
  );
  return [...new Set(names)].slice(0, MAX_NAMES);
}
