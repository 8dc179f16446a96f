import { createCodeChunker } from '../../../src/core/chunking/codeChunker.ts';
import { batches } from '../../../src/evals/batches.ts';
import type { RetrievalCase } from '../../../src/evals/evalCase.ts';
import { hideCases, type IndexedText } from '../../../src/evals/hiddenText.ts';
import { memoryDenseSearch } from '../../../src/evals/memoryDenseSearch.ts';
import type { RetrievalOutcome } from '../../../src/evals/outcome.ts';
import { drawRetrievalCases } from '../../../src/evals/retrievalCases.ts';
import { runRetrievalCase } from '../../../src/evals/retrievalSuite.ts';
import type { Workspace } from '../../../src/evals/workspace.ts';
import type { Segment } from '../../../src/core/indexing/segment.ts';
import { SegmentBuilder } from '../../../src/core/indexing/segmentBuilder.ts';
import { createRandom } from '../../../src/core/shared/random.ts';
import type { SearchHit } from '../../../src/core/retrieval/hit.ts';
import { LexicalIndex } from '../../../src/core/retrieval/lexicalIndex.ts';
import { DEFAULT_LEXICAL_WEIGHTS, type LexicalWeights } from '../../../src/core/retrieval/lexicalWeights.ts';
import { createSearch, type Search } from '../../../src/core/retrieval/search.ts';
import { systemClock } from '../../../src/core/async/systemClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { wordMethod } from '../../support/wordMethod.ts';
import { unpaced } from '../../unit/evals/evaluationFixture.ts';

/** What a change to the search makes of its hits. */
export type Rerank = (hits: readonly SearchHit[]) => readonly SearchHit[];

const { phrase, question } = DEFAULT_LEXICAL_WEIGHTS;
const NOTHING = { file: 0, signatures: 0 };

/** Weights of the lexical index that are not the usual ones. */
const VARIANTS = {
  usual: {},
  'no weight for names': {
    ...{ name: 0, definition: 0 },
    ...{ phrase: { ...phrase, signatures: 0 }, question: { ...question, signatures: 0 } },
  },
  'weight for bodies alone': {
    ...{ name: 0, definition: 0, scope: 0, path: 0 },
    ...{ phrase: NOTHING, question: NOTHING },
  },
} as const satisfies Record<string, Partial<LexicalWeights>>;

export type SearchVariant = keyof typeof VARIANTS;
const NAMES = Object.keys(VARIANTS) as SearchVariant[];

export interface SearchRuns {
  /** Every question asked of a search whose hits are changed. */
  readonly run: (rerank: Rerank, variant?: SearchVariant) => Promise<readonly RetrievalOutcome[]>;
}

const DEEP = 100;

/** Asks the search as it is and with other weights; each question is searched for once. */
export async function searchRuns(workspace: Workspace, count: number): Promise<SearchRuns> {
  const { cases } = await drawRetrievalCases(workspace, { count, seed: 1 }, unpaced);
  const hidden = cases.flatMap(({ hides }) => hides);
  const searches = await searchesOf(hideCases(workspace.files, hidden));
  const found = new Map<SearchVariant, ReadonlyMap<string, readonly SearchHit[]>>();
  for (const name of NAMES) found.set(name, await answersOf(cases, searches[name]));
  const files = new Map(workspace.files.map((file) => [file.path, file]));
  return {
    run: (rerank, variant = 'usual') =>
      Promise.all(
        cases.map((each) => {
          const changed = rerank(found.get(variant)?.get(each.question) ?? []);
          const search: Search = { search: (_, most) => Promise.resolve(changed.slice(0, most)) };
          return runRetrievalCase(each, { search, files, stopwatch: () => 0 });
        }),
      ),
  };
}

/** Multiplies every score by something between 1 - amount and 1 + amount. */
export function noisyScores(seed: number, amount: number): Rerank {
  const random = createRandom(seed);
  return (hits) =>
    hits
      .map((hit) => ({ ...hit, score: hit.score * (1 + amount * (2 * random() - 1)) }))
      .sort((a, b) => b.score - a.score);
}

async function answersOf(
  cases: readonly RetrievalCase[],
  { search }: Search,
): Promise<ReadonlyMap<string, readonly SearchHit[]>> {
  const answers = new Map<string, readonly SearchHit[]>();
  for (const { question } of cases) answers.set(question, await search(question, DEEP));
  return answers;
}

async function searchesOf(texts: readonly IndexedText[]): Promise<Readonly<Record<SearchVariant, Search>>> {
  const chunker = createCodeChunker();
  const indexes = NAMES.map((name) => [name, lexicalOf(name)] as const);
  const segments: Segment[] = [];
  for (const batch of batches(texts)) {
    const builder = new SegmentBuilder();
    for (const { path, text } of batch) {
      const spans = chunker.chunk(path, text);
      builder.addText(path, text, spans);
    }
    const segment = builder.build();
    segments.push(segment);
    for (const file of segment.files) {
      for (const [, lexical] of indexes) lexical.addFile(segment, file);
    }
  }
  const dense = await memoryDenseSearch(segments, wordMethod(), { pace: unpaced, signal: undefined });
  const parts = { dense, clock: systemClock, log: silentLogger };
  const searches = indexes.map(([name, lexical]) => [name, createSearch({ lexical, ...parts })] as const);
  return Object.fromEntries(searches) as Record<SearchVariant, Search>;
}

function lexicalOf(variant: SearchVariant): LexicalIndex {
  return new LexicalIndex({ ...DEFAULT_LEXICAL_WEIGHTS, ...VARIANTS[variant] });
}
