import { createCodeChunker } from '../../../src/core/chunking/codeChunker.ts';
import { batches } from '../../../src/core/evals/batches.ts';
import type { RetrievalCase } from '../../../src/core/evals/evalCase.ts';
import { hideCases, type IndexedText } from '../../../src/core/evals/hiddenText.ts';
import { memoryDenseSearch } from '../../../src/core/evals/memoryDenseSearch.ts';
import type { RetrievalOutcome } from '../../../src/core/evals/outcome.ts';
import { drawRetrievalCases } from '../../../src/core/evals/retrievalCases.ts';
import { runRetrievalCase } from '../../../src/core/evals/runRetrieval.ts';
import type { Workspace } from '../../../src/core/evals/workspace.ts';
import type { Segment } from '../../../src/core/indexing/segment.ts';
import { SegmentBuilder } from '../../../src/core/indexing/segmentBuilder.ts';
import { createRandom } from '../../../src/core/random.ts';
import type { SearchHit } from '../../../src/core/retrieval/hit.ts';
import { LexicalIndex } from '../../../src/core/retrieval/lexicalIndex.ts';
import { DEFAULT_LEXICAL_WEIGHTS } from '../../../src/core/retrieval/lexicalWeights.ts';
import { createSearch, type Search } from '../../../src/core/retrieval/search.ts';
import { systemClock } from '../../../src/core/systemClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { wordMethod } from '../../support/wordMethod.ts';
import { unpaced } from '../../unit/evals/evaluationFixture.ts';

/** What a change to the search makes of its hits. */
export type Rerank = (hits: readonly SearchHit[]) => readonly SearchHit[];

export type SearchVariant = 'usual' | 'without names';

export interface SearchRuns {
  /** Every question asked of a search whose hits are changed. */
  readonly run: (rerank: Rerank, variant?: SearchVariant) => Promise<readonly RetrievalOutcome[]>;
}

const DEEP = 100;

/** Asks a search and one that gives the names of definitions no weight; each question is searched for once. */
export async function searchRuns(workspace: Workspace, count: number): Promise<SearchRuns> {
  const { cases } = await drawRetrievalCases(workspace, { count, seed: 1 }, unpaced);
  const hidden = cases.flatMap(({ hides }) => hides);
  const searches = await searchesOf(hideCases(workspace.files, hidden));
  const found = {
    usual: await answersOf(cases, searches.usual),
    'without names': await answersOf(cases, searches['without names']),
  };
  const files = new Map(workspace.files.map((file) => [file.path, file]));
  return {
    run: (rerank, variant = 'usual') =>
      Promise.all(
        cases.map((each) => {
          const changed = rerank(found[variant].get(each.question) ?? []);
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
  const usual = new LexicalIndex();
  const withoutNames = new LexicalIndex({
    ...DEFAULT_LEXICAL_WEIGHTS,
    name: 0,
    definition: 0,
    signatures: 0,
  });
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
      usual.addFile(segment, file);
      withoutNames.addFile(segment, file);
    }
  }
  const dense = await memoryDenseSearch(segments, wordMethod(), { pace: unpaced, signal: undefined });
  const parts = { dense, clock: systemClock, log: silentLogger };
  return {
    usual: createSearch({ lexical: usual, ...parts }),
    'without names': createSearch({ lexical: withoutNames, ...parts }),
  };
}
