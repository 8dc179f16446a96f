import type { SearchHit } from '../core/retrieval/hit.ts';
import { queryTerms } from '../core/retrieval/queryTerms.ts';
import type { Search } from '../core/retrieval/search.ts';
import { subTokens } from '../core/text/subTokens.ts';
import { AUTHORED, AUTHORED_LABEL } from './authored/casesOfFile.ts';
import { withProblems } from './authored/caseProblem.ts';
import { codeSnippet } from './codeSnippet.ts';
import { counted } from './counted.ts';
import type { Hidden, Place, RetrievalCase } from './evalCase.ts';
import { ENOUGH_CASES, type SuiteResult } from './evaluation.ts';
import { finishCases } from './finishCases.ts';
import { hiddenSearch } from './hiddenSearch.ts';
import { LOOKED_AT, relevantRank, RETRIEVAL_METRICS } from './metrics/retrievalMetrics.ts';
import type { JudgedHit, MissReason, RetrievalOutcome } from './outcome.ts';
import { drawRetrievalCases, RETRIEVAL_SOURCES } from './retrievalCases.ts';
import type { SourceFile } from './sourceFile.ts';
import type { SuiteContext } from './suiteContext.ts';
import { summarizeOutcomes } from './summary.ts';

/** Draws questions, hides what they are made from, indexes the rest and asks. */
export async function retrievalSuite(context: SuiteContext): Promise<SuiteResult<RetrievalOutcome>> {
  const { workspace, pace, stopwatch } = context;
  const { cases, available, problems } = await drawRetrievalCases(
    workspace,
    { count: context.cases, seed: context.seed },
    pace,
  );
  const { search } = hiddenSearch(cases, context, 'indexing');
  const files = new Map(workspace.files.map((file) => [file.path, file]));
  const { outcomes } = await finishCases<RetrievalCase, RetrievalOutcome>('retrieval', cases, context, {
    phase: 'asking',
    run: async (each, abort) => {
      const run = { search: await search(), files, stopwatch, signal: abort };
      return { outcome: await runRetrievalCase(each, run) };
    },
  });
  const label = new Map(RETRIEVAL_SOURCES.map(({ source }) => [source.id, source.label])).set(
    AUTHORED,
    AUTHORED_LABEL,
  );
  return {
    outcomes,
    available,
    summary: summarizeOutcomes(outcomes, RETRIEVAL_METRICS, {
      'Kind of question': ({ source }) => label.get(source) ?? source,
      Language: ({ language }) => language,
      Folder: ({ folder }) => folder,
    }),
    remark: withProblems(remarkOn(cases.length, context.cases), problems),
  };
}

function remarkOn(count: number, wanted: number): string | null {
  if (count >= Math.min(ENOUGH_CASES, wanted)) return null;
  if (count === 0) {
    return 'No question could be made: the workspace has no doc comments, tests or names that suit.';
  }
  return `Only ${counted(count, 'question')} could be made from this workspace, so the numbers are rough: too few doc comments, tests and names suit.`;
}

/** How far down a right place is looked for, to say why it was missed. */
const DEEP = 100;
/** Of so many hits the code is kept. */
const WITH_CODE = 3;
const WORDS = /[\p{L}\p{N}_$]+/gu;

interface RetrievalRun {
  readonly search: Search;
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Milliseconds since any moment, as exactly as can be had. */
  readonly stopwatch: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** Asks one question; only the search as users have it is timed. */
export async function runRetrievalCase(each: RetrievalCase, run: RetrievalRun): Promise<RetrievalOutcome> {
  const { id, source, language, folder, path, question, name, gold } = each;
  const started = run.stopwatch();
  const found = await run.search.search(each.question, LOOKED_AT, run.signal);
  const elapsedMs = run.stopwatch() - started;
  const hits = found.map((hit, at) => judgedHit(hit, at, run.files));
  const goldCode = gold.map((place) => goldSnippet(place, each.hides, run.files));
  const rank = relevantRank(hits, each.gold) ?? null;
  const miss = rank === null ? await explainMiss(each, hits, run) : null;
  const origin = { id, source, language, folder, path };
  return { ...origin, question, name, gold, hits, goldCode, rank, miss, elapsedMs };
}

function goldSnippet(place: Place, hides: readonly Hidden[], files: ReadonlyMap<string, SourceFile>): string {
  const hidden = hides.flatMap(({ path, lines }) => (path === place.path && lines ? [lines] : []));
  return codeSnippet(files.get(place.path)?.lines ?? [], place, (line) =>
    hidden.some(({ startLine, endLine }) => startLine <= line && line <= endLine),
  );
}

function judgedHit(hit: SearchHit, at: number, files: ReadonlyMap<string, SourceFile>): JudgedHit {
  const lines = files.get(hit.path)?.lines ?? [];
  return {
    ...hit,
    startsClean: beginsOn(lines, hit.startLine - 1),
    endsClean: endsClean(lines, hit.endLine),
    code: at < WITH_CODE ? codeSnippet(lines, hit) : null,
  };
}

async function explainMiss(
  each: RetrievalCase,
  hits: RetrievalOutcome['hits'],
  { search, files, signal }: RetrievalRun,
): Promise<RetrievalOutcome['miss']> {
  const foundAt = relevantRank(await search.search(each.question, DEEP, signal), each.gold) ?? null;
  const shared = sharedWords(each, files);
  const isRightFile = hits.some((hit) => each.gold.some(({ path }) => path === hit.path));
  return { reason: reasonOf(foundAt, isRightFile, shared), foundAt, shared };
}

function reasonOf(foundAt: number | null, isRightFile: boolean, shared: readonly string[]): MissReason {
  if (shared.length === 0) return 'no-shared-word';
  if (isRightFile) return 'right-file';
  return foundAt === null ? 'outranked' : 'ranked-low';
}

/** Words of the question that search for something in the lines or the path of what it asks for. */
function sharedWords(
  { question, gold }: RetrievalCase,
  files: ReadonlyMap<string, SourceFile>,
): readonly string[] {
  const wanted = queryTerms(question);
  const texts = gold.map(({ path, startLine, endLine }) =>
    [path, ...(files.get(path)?.lines.slice(startLine - 1, endLine) ?? [])].join('\n'),
  );
  const present = new Set((texts.join('\n').match(WORDS) ?? []).flatMap(subTokens));
  const isShared = (term: string): boolean => wanted.has(term) && present.has(term);
  return [...new Set(question.match(WORDS))].filter((word) => subTokens(word).some(isShared));
}

/** What ends things and begins nothing: brackets that close, and the signs between. A blank line too. */
const CLOSING = /^[\s})\];,]*$/;

/**
 * Whether something begins on a line (0-based): it has more than closing brackets, and above it there is nothing, a blank
 * line or closing brackets only. Whoever cuts files between definitions and paragraphs cuts there, and almost nowhere a
 * line above or below.
 */
export function beginsOn(lines: readonly string[], line: number): boolean {
  const text = lines[line];
  if (text === undefined || CLOSING.test(text)) return false;
  return CLOSING.test(lines[line - 1] ?? '');
}

/** Whether a range of lines (1-based, inclusive) ends where the next thing begins or nothing but blank lines follows. */
export function endsClean(lines: readonly string[], endLine: number): boolean {
  if (endLine > lines.length) return false;
  return beginsOn(lines, endLine) || lines.slice(endLine).every((line) => line.trim() === '');
}
