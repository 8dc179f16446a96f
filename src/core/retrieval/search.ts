import { isAbortError } from '../errors/touchstoneError.ts';
import type { LsaEmbedder } from '../lsa/lsaEmbedder.ts';
import type { TermLikeness } from '../lsa/termLikeness.ts';
import type { Clock, Logger } from '../ports/runtime.ts';
import type { DenseWeighting, Embedder, VectorHit, VectorReader } from '../ports/vectors.ts';
import { DENSE_CUT, DENSE_WEIGHT, fuse, type FusedChunk } from './fuse.ts';
import type { SearchHit, SearchLeg } from './hit.ts';
import type { ChunkHit, LexicalIndex } from './lexicalIndex.ts';
import { DEFAULT_LEXICAL_WEIGHTS, type LexicalWeights } from './lexicalWeights.ts';
import type { PlaceSource } from './placeSource.ts';
import { NO_MATCH } from './ranking/placeFeatures.ts';
import { readQuestion } from './ranking/question.ts';
import { LOOKED_AT, rankPlaces, type RankingWeights } from './ranking/rankPlaces.ts';
import { RANKING_WEIGHTS } from './ranking/rankingWeights.ts';

export interface Search {
  /** The best `count` places for a question, a name or a path; best first. Rejects only when `signal` aborts. */
  readonly search: (query: string, count: number, signal?: AbortSignal) => Promise<readonly SearchHit[]>;
}

interface SearchParts {
  /** Asked for anew by every search: it may be replaced in between. */
  readonly lexical: LexicalIndex;
  readonly dense: DenseSearch;
  readonly clock: Clock;
  readonly log: Logger;
  /** `DEFAULT_SEARCH_WEIGHTS` when absent; the index has its own already. */
  readonly weights?: Omit<SearchWeights, 'lexical'>;
}

/** Results do without vectors that would hold them up for longer than this. */
const DENSE_DEADLINE_MS = 300;

/** Each source gives more than is asked for: the ranking finds better places among what words alone put low. */
const MIN_CANDIDATES = LOOKED_AT;

/** What is compared with definitions; where none of it counts, none are looked at. */
const DEFINITIONS = Object.keys(NO_MATCH) as readonly (keyof typeof NO_MATCH)[];

/** Embedders have limits, and a vector of a longer text says nothing sharp anyway. */
const MAX_DENSE_QUERY = 2000;

/** One way of finding chunks, and what its hits are worth beside those of others. */
interface WeightedSource extends PlaceSource<SearchLeg, ChunkHit> {
  readonly weight: () => number;
  readonly cut?: number;
}

export function createSearch(parts: SearchParts): Search {
  const { dense, weights = DEFAULT_SEARCH_WEIGHTS } = parts;
  const sources: readonly WeightedSource[] = [wordSource(parts, weights), vectorSource(parts, weights)];

  function ranked(lexical: LexicalIndex, query: string, fused: readonly FusedChunk[]): readonly FusedChunk[] {
    const question = readQuestion(query, lexical);
    const weighed = weights.ranking[question.askedFor];
    if (!DEFINITIONS.some((feature) => weighed[feature] !== 0)) {
      return rankPlaces(question, fused, () => NO_MATCH, weighed);
    }
    const isLiked = weighed.likeness !== 0;
    const likeness = isLiked ? dense.likenessTo?.(query.slice(0, MAX_DENSE_QUERY)) : undefined;
    return rankPlaces(question, fused, lexical.definitionMatches(query, likeness), weighed);
  }

  return {
    async search(query, count, signal = new AbortController().signal) {
      signal.throwIfAborted();
      if (query.trim() === '' || count < 1) return [];
      const { lexical } = parts;
      const candidates = Math.max(MIN_CANDIDATES, count * 2);
      // The last first: what has to wait for others does so while words are looked up.
      const finding = sources.toReversed().map((source) => source.find(query, candidates, signal));
      const found = await Promise.all(finding.reverse());
      const fused = fuse(
        sources.map(({ name, weight, cut }, at) => ({
          name,
          hits: found[at] ?? [],
          weight: weight(),
          ...(cut !== undefined && { cut }),
        })),
      );
      signal.throwIfAborted();
      return ranked(lexical, query, fused)
        .map(({ path, ordinal, score, legs }): SearchHit | undefined => {
          const lines = lexical.chunk(path, ordinal);
          return lines && { path, ...lines, score, legs };
        })
        .filter((hit) => hit !== undefined)
        .slice(0, count);
    },
  };
}

type Weights = NonNullable<SearchParts['weights']>;

function wordSource(parts: Pick<SearchParts, 'lexical'>, { words }: Weights): WeightedSource {
  return {
    name: 'lexical',
    find: (query, count) =>
      new Promise((resolve) => {
        resolve(parts.lexical.search(query, count));
      }),
    weight: () => words,
  };
}

/** Gives nothing when vectors fail, are too slow or are not waited for any more. */
function vectorSource(
  { dense, clock, log }: Pick<SearchParts, 'dense' | 'clock' | 'log'>,
  weights: Weights,
): WeightedSource {
  return {
    name: 'dense',
    async find(query, count, signal) {
      const late = new AbortController();
      const stop = AbortSignal.any([signal, late.signal]);
      const stopped = new Promise<readonly VectorHit[]>((resolve) => {
        stop.addEventListener('abort', () => {
          resolve([]);
        });
      });
      const { deadlineMs = DENSE_DEADLINE_MS } = dense.weighting ?? {};
      const cancelTimer = clock.setTimer(() => {
        log.debug(`Search goes on without vectors: no answer in ${deadlineMs} ms.`);
        late.abort();
      }, deadlineMs);
      const hits = dense.nearest(query.slice(0, MAX_DENSE_QUERY), count, stop).catch((error: unknown) => {
        if (!isAbortError(error)) log.warn('Search goes on without vectors: they failed.', error);
        return [];
      });
      return await Promise.race([hits, stopped]).finally(cancelTimer);
    },
    weight: () => dense.weighting?.weight ?? weights.dense,
    cut: DENSE_CUT,
  };
}

/** Everything that can be weighed differently in a search. */
export interface SearchWeights {
  readonly lexical: LexicalWeights;
  /** What each leg's best hit is worth; a leg of weight 0 finds nothing. */
  readonly words: number;
  readonly dense: number;
  /** What the ranking of what was found looks at. */
  readonly ranking: RankingWeights;
}

export const DEFAULT_SEARCH_WEIGHTS: SearchWeights = {
  lexical: DEFAULT_LEXICAL_WEIGHTS,
  words: 1,
  dense: DENSE_WEIGHT,
  ranking: RANKING_WEIGHTS,
};

/** The leg of search that finds chunks by what they are about. */
export interface DenseSearch {
  /** The chunks nearest to the text, best first; none while there are no vectors. Rejects when `signal` aborts. */
  nearest(text: string, count: number, signal: AbortSignal): Promise<readonly VectorHit[]>;
  /** How much its hits are trusted and how long they are waited for; as for the built-in vectors when absent. */
  readonly weighting?: DenseWeighting | undefined;
  /** How like the text single terms are; `undefined` where only whole texts are understood. */
  likenessTo?(text: string): TermLikeness | undefined;
}

/** Asks vectors of one embedder; one that knows single terms lends that knowledge to the search. */
export function denseSearch(
  embedder: Embedder & Partial<Pick<LsaEmbedder, 'likenessTo'>> & Pick<DenseSearch, 'weighting'>,
  vectors: Pick<VectorReader, 'query'>,
): DenseSearch {
  const { likenessTo, weighting } = embedder;
  return {
    weighting,
    ...(likenessTo && { likenessTo: (text: string) => likenessTo.call(embedder, text) }),
    async nearest(text, count, signal) {
      const [vector] = await embedder.embed([text], signal);
      if (vector === undefined || !vector.some((value) => value !== 0)) return [];
      return vectors.query(vector, count);
    },
  };
}

/** For a search by words alone. */
export const NO_DENSE_SEARCH: DenseSearch = { nearest: () => Promise.resolve([]) };
