import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../bin/dev/lib/places.mjs';
import { createNodeFileTree } from '../../src/adapters/files/nodeFileTree.ts';
import { sha256Digest } from '../../src/adapters/files/sha256Digest.ts';
import { createCodeChunker } from '../../src/core/chunking/codeChunker.ts';
import { baselineOf, compareWithBaseline } from '../../src/evals/baseline/compareWithBaseline.ts';
import { objections } from '../../src/evals/baseline/objections.ts';
import type { Evaluation } from '../../src/evals/evaluation.ts';
import type { ChatOutcome, CompletionOutcome, RetrievalOutcome } from '../../src/evals/outcome.ts';
import { runEvaluation } from '../../src/evals/runEvaluation.ts';
import { wordMethod } from '../support/wordMethod.ts';
import { systemClock } from '../../src/core/async/systemClock.ts';
import { readFolder } from '../../src/engine/workspace/readFolder.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { evaluationOf, RECIPE } from '../unit/evals/baseline/baselineFixture.ts';
import {
  changedTrials,
  forgetful,
  noisyThreshold,
  scaledThreshold,
  type Change,
} from './qualityGate/answerRuns.ts';
import { noisyScores, searchRuns, type Rerank, type SearchRuns } from './qualityGate/searchRuns.ts';

const FOLDER = join(ROOT, 'src');
const CASES = 200;
/** What takes many questions to be seen: the search makes up for much. */
const MANY_CASES = 800;
const SIZES = [40, 80, 120, 200];
const MANY_SIZES = [200, 400, 600, 800];
const SEEDS = 100;
/** At the level of 5 %, and with some luck either way. */
const MAX_FALSE_ALARMS = 5;
const NOISE = 0.1;

type Suite = 'search' | 'completion' | 'chat';
type Outcomes = readonly RetrievalOutcome[] | readonly CompletionOutcome[] | readonly ChatOutcome[];

let search: SearchRuns;
let large: SearchRuns;
let usual: Readonly<Record<Suite, Outcomes>>;
let completed: readonly CompletionOutcome[];
let chatted: readonly ChatOutcome[];

beforeAll(async () => {
  const workspace = await readFolder(FOLDER);
  search = await searchRuns(workspace, CASES);
  large = await searchRuns(workspace, MANY_CASES);
  const parts = {
    tree: await createNodeFileTree(FOLDER),
    hash: sha256Digest,
    chunker: createCodeChunker(),
    method: wordMethod(),
    clock: systemClock,
    log: silentLogger,
    stopwatch: () => 0,
  };
  const options = { workspace: 'src', suites: ['completion', 'chat'] as const, cases: CASES, seed: 1 };
  const { completion, chat } = await runEvaluation(parts, options);
  completed = completion?.outcomes ?? [];
  chatted = chat?.outcomes ?? [];
  usual = { search: await search.run((hits) => hits), completion: completed, chat: chatted };
});

/** Evenly spread `size` of the outcomes, as an evaluation of that one suite. */
function evaluated(suite: Suite, outcomes: Outcomes, size: number): Evaluation {
  const kept = outcomes.filter(
    (_, at) => Math.floor((at * size) / outcomes.length) !== Math.floor(((at - 1) * size) / outcomes.length),
  );
  const base = evaluationOf(null);
  if (suite === 'search') return evaluationOf(kept as readonly RetrievalOutcome[]);
  if (suite === 'completion') return evaluationOf(null, kept as readonly CompletionOutcome[]);
  const summary = { scores: [], sets: [], groups: {}, latency: null, usage: null };
  const result = { outcomes: kept as readonly ChatOutcome[], available: {}, remark: null, summary };
  return { ...base, chat: { ...result, model: 'built-in', runs: 1, errors: [] } };
}

function flagged(suite: Suite, before: Outcomes, now: Outcomes, size: number, seed = 1): readonly string[] {
  const baseline = baselineOf(evaluated(suite, before, size), { wanted: size, recipe: RECIPE });
  return objections(compareWithBaseline({ ...evaluated(suite, now, size), seed }, baseline, RECIPE), true);
}

describe('a comparison of two equal systems', () => {
  const noisy: Readonly<Record<Suite, (seed: number) => Promise<Outcomes>>> = {
    search: (seed) => search.run(noisyScores(seed, NOISE)),
    completion: (seed) => Promise.resolve(noisyThreshold(seed, NOISE)(completed)),
    chat: (seed) => Promise.resolve(forgetful(seed, 2 * NOISE)(chatted)),
  };

  test.each(['search', 'completion', 'chat'] as const)(
    `of %s raises an alarm for at most ${MAX_FALSE_ALARMS} of ${SEEDS} seeds`,
    async (suite) => {
      let alarms = 0;
      let differed = 0;
      for (let seed = 1; seed <= SEEDS; seed++) {
        const [before, now] = [await noisy[suite](seed), await noisy[suite](seed + 1000)];
        if (JSON.stringify(before) !== JSON.stringify(now)) differed++;
        if (flagged(suite, before, now, CASES, seed).length > 0) alarms++;
      }
      process.stdout.write(
        `| equal systems (${suite}), ${CASES} cases | ${alarms} of ${SEEDS} false alarms |\n`,
      );
      expect(differed).toBe(SEEDS);
      expect(alarms).toBeLessThanOrEqual(MAX_FALSE_ALARMS);
    },
    300_000,
  );
});

const moved =
  (start: number, end: number): Rerank =>
  (hits) =>
    hits.map((hit) => ({
      ...hit,
      startLine: Math.max(1, hit.startLine + start),
      endLine: Math.max(1, hit.endLine + end),
    }));
const shuffle = noisyScores(1, 1);
const ofCompletion = (change: Change<CompletionOutcome>) => () => Promise.resolve(change(completed));
const ofChat = (change: Change<ChatOutcome>) => () => Promise.resolve(change(chatted));

const planted: readonly (readonly [name: string, suite: Suite, run: () => Promise<Outcomes>])[] = [
  [
    'a shuffled ranking',
    'search',
    () => search.run((hits) => shuffle(hits.map((hit) => ({ ...hit, score: 1 })))),
  ],
  ['ranges a line too late', 'search', () => search.run(moved(1, 1))],
  ['ranges a line too early', 'search', () => search.run(moved(-1, -1))],
  ['ranges that end a line too late', 'search', () => search.run(moved(0, 1))],
  ['half the threshold', 'completion', ofCompletion(scaledThreshold(0.5))],
  ['twice the threshold', 'completion', ofCompletion(scaledThreshold(2))],
  ['never declines', 'chat', ofChat(changedTrials((trial) => ({ ...trial, isAbstention: false })))],
  [
    'cites the line behind',
    'chat',
    ofChat(
      changedTrials((trial) => ({
        ...trial,
        citations: trial.citations.map((place) => ({
          ...place,
          startLine: place.endLine + 1,
          endLine: place.endLine + 1,
        })),
      })),
    ),
  ],
];

/** A row of the table in docs/testing.md. */
function tell(change: string, sizes: readonly number[], seen: readonly boolean[]): void {
  const words = sizes.map((size, at) => (seen[at] ? `${size}: seen` : `${size}: not seen`));
  process.stdout.write(`| ${change} | ${words.join(', ')} |\n`);
}

describe('a baseline', () => {
  test.each(planted)(`is not met with %s (%s)`, async (name, suite, run) => {
    const now = await run();
    const seen = SIZES.map((size) => flagged(suite, usual[suite], now, size).length > 0);
    tell(`${name} (${suite})`, SIZES, seen);
    expect(seen.at(-1)).toBe(true);
  });

  test('is not met where the index weighs bodies alone', async () => {
    const before = await large.run((hits) => hits);
    // Names alone cost so little that they may go unseen.
    for (const variant of ['no weight for names', 'weight for bodies alone'] as const) {
      const now = await large.run((hits) => hits, variant);
      const seen = MANY_SIZES.map((size) => flagged('search', before, now, size).length > 0);
      tell(`${variant} (search)`, MANY_SIZES, seen);
      if (variant === 'weight for bodies alone') expect(seen.at(-1)).toBe(true);
    }
  });

  test.each(['search', 'completion', 'chat'] as const)('is met by the same %s', (suite) => {
    for (const size of SIZES) expect(flagged(suite, usual[suite], usual[suite], size)).toEqual([]);
  });
});
