import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import {
  assertMeasurable,
  type BenchOptions,
  givenStore,
  type Latency,
  latencyOf,
  openSearchLegs,
  timeWays,
} from './benchOptions.ts';
import { SETTLING_MS } from './firstIndex.ts';
import type { GivenQuestion } from './peerMaterials.ts';

const WARM_UP = 20;
const HITS = 10;

export interface AskBenchResult {
  readonly n: number;
  readonly lexical: Latency;
  /** Embedding the question included. */
  readonly dense: Latency;
  /** Of the whole process, after all questions. */
  readonly rssMegabytes: number;
}

/** Asks an index that is there the questions of a file, as the only thing its process does. */
export async function askBench(
  root: string,
  questionsFile: string,
  options: BenchOptions,
): Promise<AskBenchResult> {
  const legs = await openSearchLegs({ root, store: givenStore(options) }, options.log);
  try {
    const questions = JSON.parse(await readFile(questionsFile, 'utf8')) as readonly GivenQuestion[];
    assertMeasurable(questions.length, 'questions', questionsFile);
    const textOf = (at: number): string => questions[at]?.text ?? '';
    const { lexical, dense } = await timeWays(
      {
        lexical: {
          run: (at) => {
            legs.lexical(textOf(at), HITS);
          },
        },
        dense: { run: (at) => legs.dense(textOf(at), HITS) },
      },
      { count: questions.length, warmUp: WARM_UP, signal: options.signal },
    );
    await setTimeout(SETTLING_MS);
    return {
      n: questions.length,
      lexical: latencyOf(lexical),
      dense: latencyOf(dense),
      rssMegabytes: process.memoryUsage.rss() / 1e6,
    };
  } finally {
    await legs.close();
  }
}
