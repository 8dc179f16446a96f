import { baselineOf } from '../../../../src/evals/baseline/compareWithBaseline.ts';
import type { Baseline } from '../../../../src/evals/baseline/baseline.ts';
import type { Evaluation, SuiteResult } from '../../../../src/evals/evaluation.ts';
import type { CompletionOutcome, RetrievalOutcome } from '../../../../src/evals/outcome.ts';

export const RECIPE = 'lexer 1, embedder hash';

/** A question made from the file `path`, with the rank its answer was found at. */
export function asked(id: string, rank: number | null, path = `src/${id}.ts`): RetrievalOutcome {
  const place = { id, source: 'doc-comment', language: 'TypeScript', folder: 'src', path };
  return {
    ...place,
    question: id,
    name: id,
    gold: [],
    goldCode: [],
    hits: [],
    rank,
    miss: null,
    elapsedMs: 2,
  };
}

/** A hidden rest of a line: shown rightly, shown wrongly or not shown. */
export function completed(id: string, went: 'right' | 'wrong' | 'silent'): CompletionOutcome {
  const isExact = went === 'right';
  return {
    ...{ id, source: 'mask', language: 'TypeScript', folder: 'src', path: `src/${id}.ts` },
    ...{ kind: 'token-border', line: 1, before: '', expected: 'x', shown: went === 'silent' ? null : 'x' },
    ...{
      confidence: null,
      heldBack: null,
      isExact,
      isFirstTokenExact: isExact,
      similarity: null,
      isWellFormed: null,
    },
    elapsedMs: 1,
  };
}

export function evaluationOf(
  retrieval: readonly RetrievalOutcome[] | null,
  completion: readonly CompletionOutcome[] | null = null,
): Evaluation {
  return {
    ...{ format: 1, workspace: 'fixture', seed: 1, startedMs: 0, elapsedMs: 0, files: 1, copies: [] },
    retrieval: retrieval && resultOf(retrieval),
    completion: completion && resultOf(completion),
    chat: null,
  };
}

export function baselineFrom(...suites: Parameters<typeof evaluationOf>): Baseline {
  return baselineOf(evaluationOf(...suites), { wanted: 40, recipe: RECIPE });
}

function resultOf<O>(outcomes: readonly O[]): SuiteResult<O> {
  return {
    outcomes,
    available: {},
    remark: null,
    summary: { scores: [], sets: [], groups: {}, latency: null, usage: null },
  };
}
