import type { RetrievalCase } from '../evals/evalCase.ts';
import { hideCases, type IndexedText } from '../evals/hiddenText.ts';
import { lazily } from '../core/async/lazily.ts';
import { drawRetrievalCases, RETRIEVAL_SOURCES } from '../evals/retrievalCases.ts';
import { buildMaterial, lexicalOver, searchOver } from '../evals/retrievalIndex.ts';
import type { Workspace } from '../evals/workspace.ts';
import { createTimeSlice } from '../core/async/timeSlice.ts';
import { lsaMethod } from '../core/indexing/vectors/lsaMethod.ts';
import { DEFAULT_SEARCH_WEIGHTS, type Search, type SearchWeights } from '../core/retrieval/search.ts';
import { systemClock } from '../core/async/systemClock.ts';
import { openChunker } from '../engine/workspace/openChunker.ts';
import { readFolder } from '../engine/workspace/readFolder.ts';
import { assertMeasurable, type BenchOptions } from './benchOptions.ts';

/** A folder with questions drawn from its own comments, tests and names. */
export interface QuestionedFolder {
  readonly files: number;
  readonly cases: readonly RetrievalCase[];
  /** Without what the questions are made from. */
  readonly texts: readonly IndexedText[];
  /** Our search over these texts, with the weights that ship unless others are given. */
  readonly searchWith: (weights?: SearchWeights) => Promise<Search>;
}

/** Draws up to `count` questions of each kind. */
export async function questionFolder(
  root: string,
  count: number,
  { seed, signal, log }: Pick<BenchOptions, 'seed' | 'signal' | 'log'>,
): Promise<QuestionedFolder> {
  const workspace = await readFolder(root, signal);
  const pace = createTimeSlice(signal);
  const cases = await drawAll(workspace, { count, seed, pace });
  assertMeasurable(cases.length, 'doc comments, tests or names to ask about', root);
  const texts = hideCases(
    workspace.files,
    cases.flatMap(({ hides }) => hides),
  );
  const parts = { chunker: await openChunker(log), method: lsaMethod(), clock: systemClock, log };
  const material = await buildMaterial(texts, parts, { pace, signal, onProgress: () => undefined });
  const shipped = lazily(() => lexicalOver(material.segments, DEFAULT_SEARCH_WEIGHTS.lexical, pace));
  return {
    files: workspace.files.length,
    cases,
    texts,
    searchWith: async (weights = DEFAULT_SEARCH_WEIGHTS) => {
      const isShipped = weights.lexical === DEFAULT_SEARCH_WEIGHTS.lexical;
      return searchOver(material, parts, { pace, weights, lexical: isShipped ? await shipped() : undefined });
    },
  };
}

async function drawAll(
  workspace: Workspace,
  {
    count,
    seed,
    pace,
  }: { readonly count: number; readonly seed: number; readonly pace: () => Promise<void> },
): Promise<readonly RetrievalCase[]> {
  const drawn: RetrievalCase[] = [];
  for (const { source } of RETRIEVAL_SOURCES) {
    const sources = [{ source, share: 1 }];
    const { cases } = await drawRetrievalCases(workspace, { count, seed, sources }, pace);
    drawn.push(...cases);
  }
  return drawn;
}
