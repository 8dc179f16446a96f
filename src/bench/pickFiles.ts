import { stableHash } from '../evals/sampling.ts';

/** At most `count` of the files, the same for the same seed. */
export function pickFiles<File extends { readonly path: string }>(
  files: readonly File[],
  count: number,
  seed: number,
): readonly File[] {
  return files
    .map((file) => ({ file, key: stableHash(seed, file.path) }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ file }) => file);
}
