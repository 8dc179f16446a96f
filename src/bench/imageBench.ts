import { openSearchLegs } from './searchLegs.ts';
import { assertMeasurable, type BenchOptions, givenStore } from './benchOptions.ts';

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
