import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import {
  assertMeasurable,
  type BenchOptions,
  givenStore,
  type Latency,
  latencyOf,
  openSearchLegs,
  type SearchLegs,
  timeWays,
} from './benchOptions.ts';
import { SETTLING_MS } from './firstIndex.ts';
import type { GivenQuestion } from './peerMaterials.ts';

const WARM_UP = 20;
const HITS = 10;
const MEGABYTE = 1e6;

export interface AskBenchResult {
  readonly n: number;
  readonly lexical: Latency;
  /** Embedding the question included. */
  readonly dense: Latency;
  /** Of the whole process, after all questions. */
  readonly rssMegabytes: number;
  readonly memory: MemoryParts;
}

/** Where a process's memory is, in MB; tables of words, postings and so on are among the array buffers. */
interface MemoryParts {
  readonly heap: number;
  readonly heapUsed: number;
  readonly arrayBuffers: number;
  /** Rounded vectors above all. */
  readonly webAssemblyAndOther: number;
  /** The program itself, compiled code, stacks, and what the allocator keeps. */
  readonly rest: number;
  readonly tables: SearchLegs['heldBytes'];
}

/** What the query worker is started with: see `maxYoungMb` in `startWorker.ts`. */
export const AS_QUERY_WORKER: readonly string[] = ['--max-semi-space-size=4'];

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
      rssMegabytes: process.memoryUsage.rss() / MEGABYTE,
      memory: memoryParts(legs.heldBytes),
    };
  } finally {
    await legs.close();
  }
}

function memoryParts({ search, completion }: SearchLegs['heldBytes']): MemoryParts {
  const { rss, heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
  const megabytes = <Part extends string>(
    bytes: Readonly<Record<Part, number>>,
  ): Readonly<Record<Part, number>> =>
    Object.fromEntries(
      Object.entries<number>(bytes).map(([part, each]) => [part, each / MEGABYTE]),
    ) as Record<Part, number>;
  return {
    ...megabytes({
      heap: heapTotal,
      heapUsed,
      arrayBuffers,
      webAssemblyAndOther: external - arrayBuffers,
      rest: rss - heapTotal - external,
    }),
    tables: { search: megabytes(search), completion: megabytes(completion) },
  };
}
