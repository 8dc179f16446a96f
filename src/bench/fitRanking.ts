import type { DefinitionMatch } from '../core/retrieval/definitionMatcher.ts';
import type { FusedChunk } from '../core/retrieval/fuse.ts';
import { placeFeatures, type PlaceFeatures } from '../core/retrieval/ranking/placeFeatures.ts';
import type { AskedFor, Question } from '../core/retrieval/ranking/question.ts';
import { type PlaceWeights, rankPlaces, type RankingWeights } from '../core/retrieval/ranking/rankPlaces.ts';
import { greatest } from '../core/shared/greatest.ts';
import { mean } from '../evals/metrics/average.ts';
import { Adam } from './adam.ts';
import { fileGain, type FileGain } from './baselines/fileGain.ts';
import { dealt, FOLDS } from './crossValidation.ts';

/** A question with what was found for it, best first, and the files that are right. */
export interface FoundPlaces {
  readonly repo: string;
  readonly question: Question;
  readonly chunks: readonly FusedChunk[];
  readonly matchOf: (chunk: FusedChunk) => DefinitionMatch;
  readonly right: ReadonlySet<string>;
}

export interface FittedRanking {
  readonly seed: number;
  readonly folds: number;
  /** Mean NDCG@10 of each repository by weights fitted without it; then the mean of these. */
  readonly held: FileGain;
  /** The same by the weights that are given, which may have seen all. */
  readonly given: FileGain;
  /** Fitted to all, of kinds of questions of which there are enough. */
  readonly weights: Partial<RankingWeights>;
}

/** Kinds of questions of which there are fewer keep the weights they are given. */
const MIN_QUESTIONS = 50;
const STEPS = 200;
const RATE = 0.02;
/** Of the squares of slopes, what stays from one step to the next. */
const VARIANCE = 0.99;

/**
 * Fits the weights of what is asked for by its name, by a topic or a question, so that of the softmax over the files that
 * were found, each by its best place, as much as can be is on right ones; by Adam from the weights of
 * the search alone. Features without weight in `given` get none, `more` stays as it is. Repositories are dealt into
 * folds by the seed.
 */
export function fitRanking(
  found: readonly FoundPlaces[],
  given: RankingWeights,
  seed: number,
): FittedRanking {
  const repos = [...new Set(found.map(({ repo }) => repo))];
  const folds = dealt(repos.length, seed);
  const foldOf = ({ repo }: FoundPlaces): number => folds[repos.indexOf(repo)] ?? 0;
  const held = Array.from({ length: FOLDS }, (_, fold) => {
    const weights = {
      ...given,
      ...fitted(
        found.filter((each) => foldOf(each) !== fold),
        given,
      ),
    };
    return found.filter((each) => foldOf(each) === fold).map((each) => gained(each, weights));
  }).flat();
  return {
    seed,
    folds: FOLDS,
    held: overRepositories(held),
    given: overRepositories(found.map((each) => gained(each, given))),
    weights: fitted(found, given),
  };
}

function gained(
  { repo, question, chunks, matchOf, right }: FoundPlaces,
  weights: RankingWeights,
): FileGain & { readonly repo: string } {
  return { repo, ...fileGain(rankPlaces(question, chunks, matchOf, weights[question.askedFor]), right) };
}

function overRepositories(gains: readonly (FileGain & { readonly repo: string })[]): FileGain {
  const repositories = [...Map.groupBy(gains, ({ repo }) => repo).values()];
  const at = (level: keyof FileGain): number =>
    mean(repositories.map((members) => mean(members.map((each) => each[level])))) ?? 0;
  return { file: at('file'), chunk: at('chunk') };
}

function fitted(found: readonly FoundPlaces[], given: RankingWeights): Partial<RankingWeights> {
  const kinds = [...Map.groupBy(found, ({ question }) => question.askedFor)];
  return Object.fromEntries(
    kinds
      .filter(([, members]) => members.length >= MIN_QUESTIONS)
      .map(([kind, members]) => [kind, fitKind(members, given[kind])] satisfies [AskedFor, PlaceWeights]),
  );
}

/** What one question gives the fit: a row of features a place, the search's own score first. */
interface Rows {
  readonly rows: readonly Float64Array[];
  readonly files: readonly string[];
  readonly right: ReadonlySet<string>;
}

function fitKind(found: readonly FoundPlaces[], given: PlaceWeights): PlaceWeights {
  const features = (Object.keys(given) as (keyof PlaceWeights)[]).filter(
    (feature): feature is keyof PlaceFeatures => feature !== 'more' && given[feature] !== 0,
  );
  const lists = found
    .map((each) => rowsOf(each, features))
    .filter(({ files, right }) => files.some((file) => right.has(file)));
  const scales = deviations(lists.flatMap(({ rows }) => rows));
  for (const { rows } of lists)
    for (const row of rows) row.forEach((value, at) => (row[at] = value / (scales[at] ?? 1)));
  const [own = 1, ...others] = descend(lists, scales.length).map((weight, at) => weight / (scales[at] ?? 1));
  const weights = features.map((feature, at) => [feature, (others[at] ?? 0) / Math.max(own, 1)] as const);
  return { ...given, ...Object.fromEntries(weights) };
}

function rowsOf(
  { question, chunks, matchOf, right }: FoundPlaces,
  features: readonly (keyof PlaceFeatures)[],
): Rows {
  const best = chunks[0]?.score ?? 1;
  const found = placeFeatures(question, chunks, matchOf);
  return {
    rows: chunks.map(({ score }, at) =>
      Float64Array.from([score / best, ...features.map((feature) => found[at]?.[feature] ?? 0)]),
    ),
    files: chunks.map(({ path }) => path),
    right,
  };
}

function deviations(rows: readonly Float64Array[]): readonly number[] {
  return Array.from(rows[0] ?? [], (_, at) => {
    const values = rows.map((row) => row[at] ?? 0);
    const middle = mean(values) ?? 0;
    return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)) ?? 0) || 1;
  });
}

/** The weights of scaled features. */
function descend(lists: readonly Rows[], count: number): readonly number[] {
  const weights = new Float64Array(count);
  weights[0] = 1;
  const adam = new Adam(weights, VARIANCE);
  for (let step = 0; step < STEPS; step++) {
    const slope = new Float64Array(count);
    for (const list of lists) addSlope(list, weights, slope);
    adam.step(
      slope.map((total) => total / lists.length),
      RATE,
    );
  }
  return [...weights];
}

/** Adds how the loss changes with the weights: minus the mean, over right files, of the logarithm of its share. */
function addSlope({ rows, files, right }: Rows, weights: Float64Array, slope: Float64Array): void {
  const best = new Map<string, { readonly row: Float64Array; readonly score: number }>();
  for (const [at, row] of rows.entries()) {
    const score = row.reduce((sum, value, feature) => sum + value * (weights[feature] ?? 0), 0);
    const file = files[at] ?? '';
    if (score > (best.get(file)?.score ?? -Infinity)) best.set(file, { row, score });
  }
  const top = greatest([...best.values()].map(({ score }) => score));
  const power = ({ score }: { readonly score: number }): number => Math.exp(score - top);
  const [good, bad] = [
    [...best].filter(([file]) => right.has(file)),
    [...best].filter(([file]) => !right.has(file)),
  ];
  const against = bad.reduce((sum, [, each]) => sum + power(each), 0);
  for (const [, each] of good) {
    const all = against + power(each);
    add(slope, each.row, -against / all / good.length);
    for (const [, other] of bad) add(slope, other.row, power(other) / all / good.length);
  }
}

function add(slope: Float64Array, row: Float64Array, share: number): void {
  for (let at = 0; at < slope.length; at++) slope[at] = (slope[at] ?? 0) + share * (row[at] ?? 0);
}
