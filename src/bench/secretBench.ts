import { extname } from 'node:path';
import { secretSpans } from '../core/secrets/redactSecrets.ts';
import { readFolder } from '../engine/workspace/readFolder.ts';
import type { SourceFile } from '../evals/sourceFile.ts';
import { assertMeasurable, type BenchOptions } from './benchOptions.ts';

/** Of text that is shown around a mask. */
const MOST_SHOWN = 120;

interface SecretBenchSlice {
  readonly files: number;
  readonly lines: number;
  readonly masks: number;
  readonly masksPerThousandLines: number;
}

export interface SecretBenchResult extends SecretBenchSlice {
  /** Units of text in a second. */
  readonly megabytesPerSecond: number;
  readonly byExtension: Readonly<Record<string, SecretBenchSlice>>;
  /** Each with its place, so that somebody can tell which of them are false. */
  readonly masked: readonly string[];
}

/** Counts what would be masked in folders of ordinary code, where hardly anything should be. */
export async function secretBench(
  roots: readonly string[],
  { signal }: Pick<BenchOptions, 'signal'>,
): Promise<SecretBenchResult> {
  const folders = await Promise.all(roots.map((root) => readFolder(root, signal)));
  const files = folders.flatMap(({ files: some }) => some);
  assertMeasurable(files.length, 'files', roots.join(', '));
  const start = process.cpuUsage();
  const found = files.map((file) => ({ file, spans: secretSpans(file.text) }));
  const { user, system } = process.cpuUsage(start);
  const slice = (some: typeof found): SecretBenchSlice => {
    const lines = some.reduce((sum, { file }) => sum + file.text.split('\n').length, 0);
    const masks = some.reduce((sum, { spans }) => sum + spans.length, 0);
    return { files: some.length, lines, masks, masksPerThousandLines: (masks / lines) * 1_000 };
  };
  return {
    ...slice(found),
    megabytesPerSecond: files.reduce((sum, { text }) => sum + text.length, 0) / (user + system),
    byExtension: Object.fromEntries(
      [...Map.groupBy(found, ({ file }) => extname(file.path))].map(([extension, some]) => [
        extension,
        slice(some),
      ]),
    ),
    masked: found.flatMap(({ file, spans }) => spans.map(({ start: at }) => placeOf(file, at))),
  };
}

/** `path:line: its text`. */
function placeOf({ path, text }: SourceFile, at: number): string {
  const line = text.slice(0, at).split('\n').length;
  const start = text.lastIndexOf('\n', at) + 1;
  const end = text.indexOf('\n', at);
  return `${path}:${String(line)}: ${text
    .slice(start, end === -1 ? text.length : end)
    .trim()
    .slice(0, MOST_SHOWN)}`;
}
