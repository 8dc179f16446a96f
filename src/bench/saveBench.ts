import { greatest } from '../core/shared/greatest.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { languageOf } from '../evals/languages.ts';
import { quantile } from '../evals/metrics/average.ts';
import { assertMeasurable, type BenchOptions, givenStore, openSearchLegs } from './benchOptions.ts';
import { pickFiles } from './pickFiles.ts';
import { savedFileTimes } from './savedFileTimes.ts';

const SAVES = 15;

export interface SaveBenchResult {
  readonly chunks: number;
  readonly saves: number;
  /** From a changed file on disk until a search finds what is new in it. */
  readonly medianMs: number;
  readonly slowestMs: number;
  /** Until its vectors answer as well; median. */
  readonly completeMs: number;
}

/** Changes files of a folder that is indexed, one after the other, and changes them back. */
export async function saveBench(root: string, options: BenchOptions): Promise<SaveBenchResult> {
  const config = { root, store: givenStore(options) };
  const legs = await openSearchLegs(config, options.log);
  const paths = legs.paths();
  await legs.close();
  const sources = paths.filter((path) => languageOf(path)).map((path) => ({ path }));
  assertMeasurable(sources.length, 'index of code', config.store);
  const changed = await Promise.all(
    pickFiles(sources, options.cases ?? SAVES, options.seed).map(async ({ path }) => ({
      path,
      text: await readFile(join(root, path), 'utf8'),
    })),
  );
  try {
    const times = await savedFileTimes(config, changed, options);
    const found = times.map(({ foundMs }) => foundMs);
    const complete = times.map(({ completeMs }) => completeMs);
    return {
      chunks: legs.chunks,
      saves: times.length,
      medianMs: quantile(found, 0.5) ?? 0,
      slowestMs: greatest(found, 0),
      completeMs: quantile(complete, 0.5) ?? 0,
    };
  } finally {
    for (const { path, text } of changed) await writeFile(join(root, path), text);
  }
}
