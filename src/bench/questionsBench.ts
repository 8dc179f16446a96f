import { join } from 'node:path';
import * as z from 'zod';
import { readJsonLines } from '../cli/jsonLines.ts';
import { readTextFile } from '../cli/readTextFile.ts';
import { UsageError } from '../cli/usageError.ts';
import { systemClock } from '../core/async/systemClock.ts';
import { createTimeSlice } from '../core/async/timeSlice.ts';
import { lsaMethod } from '../core/indexing/vectors/lsaMethod.ts';
import { DENSE_CUT, fuse } from '../core/retrieval/fuse.ts';
import type { LexicalIndex } from '../core/retrieval/lexicalIndex.ts';
import { NO_MATCH } from '../core/retrieval/ranking/placeFeatures.ts';
import { readQuestion } from '../core/retrieval/ranking/question.ts';
import { LOOKED_AT } from '../core/retrieval/ranking/rankPlaces.ts';
import { DEFAULT_SEARCH_WEIGHTS, type DenseSearch } from '../core/retrieval/search.ts';
import { tryJson } from '../core/shared/json.ts';
import { openChunker } from '../engine/workspace/openChunker.ts';
import { readFolderFiles } from '../engine/workspace/readFolderFiles.ts';
import { mean } from '../evals/metrics/average.ts';
import { buildMaterial, lexicalOver, searchOver } from '../evals/retrievalIndex.ts';
import { ABLATIONS, mapValues } from './ablations.ts';
import { Bm25Ranking } from './retrievalBaselines.ts';
import { lineWindows } from './baselines/passage.ts';
import { fileGain, type FileGain } from './baselines/fileGain.ts';
import { rankedByRules } from './baselines/plainRules.ts';
import { subTokenWords } from './baselines/terms.ts';
import { assertMeasurable, type BenchOptions } from './benchOptions.ts';
import { fitRanking, type FittedRanking, type FoundPlaces } from './fitRanking.ts';

const questionSchema = z.object({
  repo: z.string(),
  id: z.string(),
  query: z.string(),
  category: z.string(),
  gold: z.array(z.object({ path: z.string() })),
});

const repositoriesSchema = z.array(z.object({ repo: z.string(), language: z.string(), root: z.string() }));

type Question = z.infer<typeof questionSchema>;
type Repository = z.infer<typeof repositoriesSchema>[number];

type System = 'ours' | 'sub-token-bm25' | 'bm25-and-rules';

/** Hits that are asked for; distinct files are counted among them. */
const ASKED = 50;

/** Mean NDCG@10 of each system; of repositories, the mean of their means. */
interface QuestionScores {
  readonly n: number;
  readonly systems: Readonly<Record<System, FileGain>>;
}

interface QuestionsResult {
  readonly all: QuestionScores;
  readonly categories: Readonly<Record<string, QuestionScores>>;
  readonly languages: Readonly<Record<string, QuestionScores>>;
  readonly repositories: Readonly<Record<string, QuestionScores & { readonly files: number }>>;
  /** With `--ablation`, by what is left out of the ranking: ours without it, by category and over all. */
  readonly without?: Readonly<Record<string, Readonly<Record<string, FileGain>>>>;
  /** With `--fit`: weights of the ranking fitted to these questions, and what such weights give on other repositories. */
  readonly fitted?: FittedRanking;
  /** Right files that the checkouts do not have, as they are of another commit; they are left out. */
  readonly missing: readonly string[];
}

interface Answered {
  readonly repo: string;
  readonly language: string;
  readonly category: string;
  readonly systems: Readonly<Record<System, FileGain>>;
  readonly without: Readonly<Record<string, FileGain>>;
}

/** The parts of the search that rank what was found. */
const RANKING_PARTS = Object.fromEntries(
  Object.entries(ABLATIONS).filter(([part]) => part.startsWith('ranking')),
);

/** Asks given questions about repositories that lie in a folder, a folder each; what is right is whole files. */
export async function questionsBench(
  folder: string,
  files: { readonly questions: string; readonly repositories: string },
  options: BenchOptions,
): Promise<QuestionsResult> {
  const questions = await readJsonLines(files.questions, questionSchema);
  const repositories = await readRepositories(files.repositories);
  const answered: Answered[] = [];
  const counts = new Map<string, number>();
  const missing: string[] = [];
  const found: FoundPlaces[] = [];
  for (const repository of repositories) {
    const own = questions.filter(({ repo }) => repo === repository.repo);
    const result = await askRepository(
      join(folder, repository.repo, repository.root),
      repository,
      own,
      options,
    );
    counts.set(repository.repo, result.files);
    for (const each of result.answered) answered.push(each);
    for (const each of result.found) found.push(each);
    for (const each of result.missing) missing.push(each);
  }
  assertMeasurable(answered.length, 'right files', folder);
  const by = (key: (each: Answered) => string): readonly (readonly [string, QuestionScores])[] =>
    [...Map.groupBy(answered, key)].map(([name, members]) => [name, scoresOf(members)] as const);
  return {
    all: scoresOf(answered),
    categories: Object.fromEntries(by(({ category }) => category)),
    languages: Object.fromEntries(by(({ language }) => language)),
    repositories: Object.fromEntries(
      by(({ repo }) => repo).map(([repo, scores]) => [repo, { ...scores, files: counts.get(repo) ?? 0 }]),
    ),
    ...(options.ablation && { without: withoutParts(answered) }),
    ...(options.fit && { fitted: fitRanking(found, DEFAULT_SEARCH_WEIGHTS.ranking, options.seed) }),
    missing,
  };
}

function withoutParts(answered: readonly Answered[]): NonNullable<QuestionsResult['without']> {
  const slices = { all: answered, ...Object.fromEntries(Map.groupBy(answered, ({ category }) => category)) };
  const gainIn = (members: readonly Answered[], part: string): FileGain =>
    meanGain(members, ({ without }) => without[part] ?? { file: 0, chunk: 0 });
  return Object.fromEntries(
    Object.keys(RANKING_PARTS).map((part) => [
      part,
      Object.fromEntries(Object.entries(slices).map(([slice, members]) => [slice, gainIn(members, part)])),
    ]),
  );
}

async function readRepositories(file: string): Promise<readonly Repository[]> {
  const parsed = repositoriesSchema.safeParse(tryJson(await readTextFile(file)));
  if (parsed.success) return parsed.data;
  throw new UsageError(`${file}: ${z.prettifyError(parsed.error)}`);
}

async function askRepository(
  root: string,
  { repo, language, root: prefix }: Repository,
  questions: readonly Question[],
  { log, signal, ablation = false, fit = false }: Pick<BenchOptions, 'log' | 'signal' | 'ablation' | 'fit'>,
): Promise<{
  readonly found: readonly FoundPlaces[];
  readonly files: number;
  readonly answered: readonly Answered[];
  readonly missing: readonly string[];
}> {
  const pace = createTimeSlice(signal);
  const files = await readFolderFiles(root, signal);
  const texts = files.map(({ path, text }) => ({ path, text }));
  const parts = { chunker: await openChunker(log), method: lsaMethod(), clock: systemClock, log };
  const material = await buildMaterial(texts, parts, { pace, signal, onProgress: () => undefined });
  const lexical = await lexicalOver(material.segments, DEFAULT_SEARCH_WEIGHTS.lexical, pace);
  const search = await searchOver(material, parts, { pace, lexical });
  const lacking = await mapValues(ablation ? RANKING_PARTS : {}, (weights) =>
    searchOver(material, parts, { pace, lexical, weights }),
  );
  const bm25 = new Bm25Ranking(texts.flatMap(lineWindows), subTokenWords);
  const known = new Set(texts.map(({ path }) => path));
  const answered: Answered[] = [];
  const missing: string[] = [];
  const found: FoundPlaces[] = [];
  for (const { id, query, category, gold } of questions) {
    const paths = gold.map(({ path }) => withinRoot(path, prefix));
    const right = new Set(paths.filter((path) => known.has(path)));
    for (const path of paths) if (!known.has(path)) missing.push(`${id}: ${path}`);
    if (right.size === 0) continue;
    if (fit) found.push({ repo, right, ...(await findPlaces(query, lexical, material.dense, signal)) });
    const plain = bm25.scored(query, ASKED);
    answered.push({
      repo,
      language,
      category,
      systems: {
        ours: fileGain(await search.search(query, ASKED, signal), right),
        'sub-token-bm25': fileGain(
          plain.map(({ passage }) => passage),
          right,
        ),
        'bm25-and-rules': fileGain(rankedByRules(query, plain), right),
      },
      without: await mapValues(lacking, async (each) =>
        fileGain(await each.search(query, ASKED, signal), right),
      ),
    });
    await pace();
  }
  return { files: texts.length, answered, found, missing };
}

/** What the search finds before it ranks, with the weights that ship. */
async function findPlaces(
  query: string,
  lexical: LexicalIndex,
  dense: DenseSearch,
  signal: AbortSignal,
): Promise<Omit<FoundPlaces, 'repo' | 'right'>> {
  const chunks = fuse([
    { name: 'lexical', hits: lexical.search(query, LOOKED_AT), weight: DEFAULT_SEARCH_WEIGHTS.words },
    {
      name: 'dense',
      hits: await dense.nearest(query, LOOKED_AT, signal),
      weight: DEFAULT_SEARCH_WEIGHTS.dense,
      cut: DENSE_CUT,
    },
  ]).slice(0, LOOKED_AT);
  const matchOf = lexical.definitionMatches(query, dense.likenessTo?.(query));
  const matches = new Map(chunks.map((chunk) => [chunk, matchOf(chunk)]));
  return {
    question: readQuestion(query, lexical),
    chunks,
    matchOf: (chunk) => matches.get(chunk) ?? NO_MATCH,
  };
}

function withinRoot(path: string, root: string): string {
  return root !== '' && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

function scoresOf(answered: readonly Answered[]): QuestionScores {
  const of = (system: System): FileGain => meanGain(answered, ({ systems }) => systems[system]);
  return {
    n: answered.length,
    systems: {
      ours: of('ours'),
      'sub-token-bm25': of('sub-token-bm25'),
      'bm25-and-rules': of('bm25-and-rules'),
    },
  };
}

/** The mean of the repositories' means. */
function meanGain(answered: readonly Answered[], gainOf: (each: Answered) => FileGain): FileGain {
  const repositories = [...Map.groupBy(answered, ({ repo }) => repo).values()];
  const at = (level: keyof FileGain): number =>
    mean(repositories.map((members) => mean(members.map((each) => gainOf(each)[level])))) ?? 0;
  return { file: at('file'), chunk: at('chunk') };
}
