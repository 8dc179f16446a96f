import { decodeText } from '../../../src/core/indexing/decodeText.ts';
import type { IndexSnapshot, IndexStore } from '../../../src/core/ports/indexStore.ts';
import type { RefreshReport } from '../../../src/core/indexing/refreshPass.ts';
import type { Segment } from '../../../src/core/indexing/segment.ts';
import { decodeSegment } from '../../../src/core/indexing/segmentCodec.ts';
import { lineStarts } from '../../../src/core/text/lines.ts';
import type { OddFile } from './oddFiles.ts';

/** What is wrong with an index of these files, in words: each is indexed whole or said to be left out, never both. */
export async function problemsOf(
  store: IndexStore,
  { skipped }: Pick<RefreshReport, 'skipped'>,
  files: readonly OddFile[],
): Promise<readonly string[]> {
  const snapshot = await store.snapshot();
  const leftOut = new Set(skipped.map(({ path }) => path));
  const isLeftOut = (path: string) =>
    leftOut.has(path) ||
    path.split('/').some((_, depth, names) => leftOut.has(`${names.slice(0, depth).join('/')}/`));
  const problems: string[] = [];
  for (const { path, bytes } of files) {
    const isIndexed = snapshot.files.has(path);
    if (isIndexed === isLeftOut(path)) {
      problems.push(
        `${JSON.stringify(path)} is ${isIndexed ? 'indexed and left out' : 'neither indexed nor left out'}`,
      );
    } else if (isIndexed) {
      const problem = await tilingProblem(store, snapshot, path, decodeText(bytes) ?? '');
      if (problem !== undefined) problems.push(`${JSON.stringify(path)}: ${problem}`);
    }
  }
  if (!snapshot.complete) problems.push('the index is not complete');
  return problems;
}

const decoded = new WeakMap<IndexStore, Map<string, Segment>>();

async function tilingProblem(
  store: IndexStore,
  { files }: IndexSnapshot,
  path: string,
  text: string,
): Promise<string | undefined> {
  const id = files.get(path)?.segment ?? '';
  const segments = decoded.get(store) ?? new Map<string, Segment>();
  decoded.set(store, segments);
  const segment = segments.get(id) ?? decodeSegment(await store.segment(id), id);
  segments.set(id, segment);
  const file = segment.files.find((candidate) => candidate.path === path);
  if (!file) return 'it is not in its segment';
  let line = 1;
  let token = file.tokenStart;
  for (const chunk of file.chunks) {
    if (chunk.startLine !== line || chunk.endLine < line)
      return `a chunk from ${chunk.startLine} follows line ${line - 1}`;
    if (chunk.tokenStart !== token) return `a chunk from token ${chunk.tokenStart} follows token ${token}`;
    line = chunk.endLine + 1;
    token = chunk.tokenEnd;
  }
  const lines = lineStarts(text).length;
  if (line !== lines + 1) return `chunks end at line ${line - 1} of ${lines}`;
  return file.chunks.length > 0 && token !== file.tokenEnd ? 'tokens after the last chunk' : undefined;
}
