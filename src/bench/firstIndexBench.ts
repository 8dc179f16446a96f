import { withStore, type BenchOptions } from './benchOptions.ts';
import { firstIndex, footprint, type FirstIndex, type Footprint } from './firstIndex.ts';

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
