import { beforeAll, describe, expect, test } from 'vitest';
import { createCodeChunker } from '../../../../src/core/chunking/codeChunker.ts';
import { baselineOf, compareWithBaseline } from '../../../../src/evals/baseline/compareWithBaseline.ts';
import { objections } from '../../../../src/evals/baseline/objections.ts';
import { hideCases } from '../../../../src/evals/hiddenText.ts';
import { drawRetrievalCases } from '../../../../src/evals/retrievalCases.ts';
import { buildRetrievalIndex } from '../../../../src/evals/retrievalIndex.ts';
import { runRetrievalCase } from '../../../../src/evals/retrievalSuite.ts';
import { createRandom } from '../../../../src/core/shared/random.ts';
import type { Evaluation } from '../../../../src/evals/evaluation.ts';
import { wordMethod } from '../../../support/wordMethod.ts';
import type { SearchHit } from '../../../../src/core/retrieval/hit.ts';
import type { Search } from '../../../../src/core/retrieval/search.ts';
import { systemClock } from '../../../../src/core/async/systemClock.ts';
import { silentLogger } from '../../../support/silentLogger.ts';
import { unpaced, workspaceOf } from '../evaluationFixture.ts';
import { evaluationOf, RECIPE } from './baselineFixture.ts';

const ANIMALS = 'otter heron badger lynx marten stoat falcon plover weasel ibis'.split(' ');
const VERBS = ['feed', 'weigh', 'groom', 'count', 'move', 'tag'];

/** Sixty files of two functions each; all say much the same, so that ranks differ. */
const texts = Object.fromEntries(
  VERBS.flatMap((verb) =>
    ANIMALS.map((animal) => {
      const name = `${animal[0]!.toUpperCase()}${animal.slice(1)}`;
      return [
        `src/${animal}/${verb}.ts`,
        `/** Keeps every ${animal} of the enclosure busy until the keeper can ${verb} it. */
export function ${verb}Every${name}(keeper: Keeper, enclosure: Enclosure): Report {
  const animals = enclosure.residents.filter((each) => each.kind === '${animal}');
  for (const animal of animals) keeper.${verb}(animal, enclosure.schedule);
  return { keeper: keeper.name, enclosure: enclosure.name, count: animals.length };
}

/** Tells whether the ${animal} rests and nobody may ${verb} it before morning. */
export function mayNot${verb[0]!.toUpperCase()}${verb.slice(1)}${name}(enclosure: Enclosure): boolean {
  return enclosure.residents.some((each) => each.kind === '${animal}' && each.isResting);
}
`,
      ] as const;
    }),
  ),
);

type Rerank = (hits: readonly SearchHit[]) => readonly SearchHit[];

let evaluateWith: (rerank: Rerank) => Promise<Evaluation>;
let usual: Evaluation;

beforeAll(async () => {
  const workspace = await workspaceOf(texts);
  const { cases } = await drawRetrievalCases(workspace, { count: 60, seed: 1 }, unpaced);
  const indexed = hideCases(
    workspace.files,
    cases.flatMap(({ hides }) => hides),
  );
  const parts = {
    chunker: createCodeChunker(),
    method: wordMethod(),
    clock: systemClock,
    log: silentLogger,
  };
  const real = await buildRetrievalIndex(indexed, parts, { pace: unpaced, onProgress: () => undefined });
  const found = new Map<string, Promise<readonly SearchHit[]>>();
  const files = new Map(workspace.files.map((file) => [file.path, file]));
  evaluateWith = async (rerank) => {
    const search: Search = {
      search: async (query, count) => {
        if (!found.has(query)) found.set(query, real.search(query, 100));
        return rerank((await found.get(query)) ?? []).slice(0, count);
      },
    };
    const run = { search, files, stopwatch: () => 0 };
    return evaluationOf(await Promise.all(cases.map((each) => runRetrievalCase(each, run))));
  };
  usual = await evaluateWith((hits) => hits);
});

/** Multiplies every score by something between 1 - amount and 1 + amount. */
function noisy(seed: number, amount: number): Rerank {
  const random = createRandom(seed);
  return (hits) =>
    hits
      .map((hit) => ({ ...hit, score: hit.score * (1 + amount * (2 * random() - 1)) }))
      .sort((a, b) => b.score - a.score);
}

async function against(before: Evaluation, rerank: Rerank) {
  const baseline = baselineOf(before, { wanted: 60, recipe: RECIPE });
  return compareWithBaseline(await evaluateWith(rerank), baseline, RECIPE);
}

describe('a baseline', () => {
  const shuffled = noisy(1, 1);
  const planted: readonly (readonly [name: string, rerank: Rerank])[] = [
    ['a shuffled ranking', (hits) => shuffled(hits.map((hit) => ({ ...hit, score: 1 })))],
    [
      'a ranking by vectors alone',
      (hits) => hits.toSorted((a, b) => (b.legs.dense ?? 0) - (a.legs.dense ?? 0)),
    ],
    ['the worst first', (hits) => hits.toReversed()],
    [
      'ranges that begin and end a line too late',
      (hits) => hits.map((hit) => ({ ...hit, startLine: hit.startLine + 1, endLine: hit.endLine + 1 })),
    ],
    [
      'ranges that begin and end a line too early',
      (hits) =>
        hits.map((hit) => ({ ...hit, startLine: Math.max(1, hit.startLine - 1), endLine: hit.endLine - 1 })),
    ],
    ['ranges that end a line too late', (hits) => hits.map((hit) => ({ ...hit, endLine: hit.endLine + 1 }))],
    [
      'ranges that lie behind the right ones',
      (hits) => hits.map((hit) => ({ ...hit, startLine: hit.endLine + 1, endLine: 2 * hit.endLine })),
    ],
  ];

  test.each(planted)('is not met by %s', async (_, rerank) => {
    const [reason] = objections(await against(usual, rerank), false);
    expect(reason).toContain('is visibly worse');
  });

  test('is met by the same search, strictly', async () => {
    expect(objections(await against(usual, (hits) => hits), true)).toEqual([]);
  });

  // One in twenty is what the level allows; the soak test counts a hundred.
  test('is met by the same search under other noise, for nearly every seed', async () => {
    let alarms = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const before = await evaluateWith(noisy(seed, 0.1));
      const comparison = await against(before, noisy(seed + 1000, 0.1));
      expect(comparison.suites[0]?.changed.length).toBeGreaterThan(0);
      if (objections(comparison, true).length > 0) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(2);
  });
});
