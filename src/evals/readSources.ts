import { discover, type DiscoverOptions, readFile } from '../core/indexing/discover.ts';
import { createTimeSlice } from '../core/async/timeSlice.ts';
import { readAhead } from '../core/indexing/readAhead.ts';
import type { FileTree } from '../core/ports/files.ts';
import type { Digest } from '../core/ports/runtime.ts';
import { SourceFile } from './sourceFile.ts';

const READS_AHEAD = 16;

/** What indexing has from outside the folder: rules, none unless given, and the largest size. */
export type SourceRules = Pick<DiscoverOptions, 'outerRules' | 'maxBytes'>;

export interface ReadSourcesOptions extends SourceRules {
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Every file that would be indexed, in path order: the same rules of what to leave out hold. */
export async function readSources(
  { tree, hash }: { readonly tree: FileTree; readonly hash: Digest },
  { onProgress, signal, outerRules, maxBytes }: ReadSourcesOptions = {},
): Promise<readonly SourceFile[]> {
  const pace = createTimeSlice(signal);
  const { files } = await discover(tree, { signal, outerRules, maxBytes });
  const sources: SourceFile[] = [];
  let done = 0;
  for await (const [found, result] of readAhead(files, READS_AHEAD, (file) =>
    readFile(tree, hash, file, undefined),
  )) {
    if (result.kind === 'text') sources.push(new SourceFile(found.path, result.text));
    onProgress?.(++done, files.length);
    await pace();
  }
  return sources;
}
