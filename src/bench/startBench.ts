import { quantile } from '../evals/metrics/average.ts';
import {
  assertMeasurable,
  type BenchOptions,
  givenStore,
  openSearchLegs,
  withStore,
} from './benchOptions.ts';
import { firstIndex, type FirstIndex, footprint, type Footprint } from './firstIndex.ts';

const HITS = 10;

export interface StartBenchResult {
  readonly chunks: number;
  /** From opening the store to the first answer. */
  readonly openMs: number;
  /** From the start of this process to the first answer: loading the program is in it. */
  readonly answeredMs: number;
}

/** Opens an index that is there and asks it one question. */
export async function startBench(root: string, options: BenchOptions): Promise<StartBenchResult> {
  const store = givenStore(options);
  const opened = performance.now();
  const legs = await openSearchLegs({ root, store }, options.log);
  await legs.search('where is the configuration read and checked', HITS);
  const answeredMs = performance.now();
  await legs.close();
  assertMeasurable(legs.chunks, 'index', store);
  return { chunks: legs.chunks, openMs: answeredMs - opened, answeredMs };
}

const STARTS = 5;

/** Starts several times, one after the other. */
export async function medianStart(
  start: () => Promise<StartBenchResult>,
): Promise<Pick<StartBenchResult, 'openMs' | 'answeredMs'>> {
  const starts: StartBenchResult[] = [];
  while (starts.length < STARTS) starts.push(await start());
  const median = (of: (each: StartBenchResult) => number): number => quantile(starts.map(of), 0.5) ?? 0;
  return { openMs: median(({ openMs }) => openMs), answeredMs: median(({ answeredMs }) => answeredMs) };
}

export interface ImageBenchResult {
  /** From the start of this process until all of the index is in memory: the start for which there is no image. */
  readonly builtMs: number;
  /** To write the image, which happens in the background. */
  readonly savedMs: number;
}

/** Opens an index that is there as the first start does, and saves an image of memory for the next ones. */
export async function imageBench(root: string, options: BenchOptions): Promise<ImageBenchResult> {
  const store = givenStore(options);
  const legs = await openSearchLegs({ root, store }, options.log);
  const builtMs = performance.now();
  await legs.saveImage();
  const savedMs = performance.now() - builtMs;
  await legs.close();
  assertMeasurable(legs.chunks, 'index', store);
  return { builtMs, savedMs };
}

export interface FirstIndexBenchResult extends FirstIndex {
  readonly peakRssMegabytes: number;
  readonly rssAfterMegabytes: number;
  readonly diskMegabytes: number;
}

const MEGABYTE = 1e6;

/** Indexes a folder from nothing, once, as the only thing its process does: so memory is the indexer's. */
export function firstIndexBench(root: string, options: BenchOptions): Promise<FirstIndexBenchResult> {
  return withStore(options, async (store) => {
    let left: Footprint = { peakRss: 0, rssAfter: 0, disk: 0 };
    const first = await firstIndex({ root, store }, options, async () => {
      left = await footprint(store);
    });
    return {
      ...first,
      peakRssMegabytes: left.peakRss / MEGABYTE,
      rssAfterMegabytes: left.rssAfter / MEGABYTE,
      diskMegabytes: left.disk / MEGABYTE,
    };
  });
}
