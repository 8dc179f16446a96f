import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { VectorSets } from '../../../src/core/ports/indexStore.ts';
import type { Segment } from '../../../src/core/indexing/segment.ts';
import { decodeSegment } from '../../../src/core/indexing/segmentCodec.ts';
import type { SearchHit } from '../../../src/core/retrieval/hit.ts';
import { render } from '../../../src/core/text/lexer.ts';
import { openIndex, type OpenIndexOptions } from './openIndex.ts';
import { patientSearch } from './patientSearch.ts';
import { QUERIES } from './sourceText.ts';

/** All that an index says, whatever its history: which segment holds a file is no part of it. */
export interface IndexContent {
  readonly recipe: string;
  readonly complete: boolean;
  /** Path → hash, chunks with their lines, and the text that its tokens spell. */
  readonly files: Readonly<Record<string, unknown>>;
  /** Versions of shards come from their bytes: equal versions are equal vectors. */
  readonly vectors: VectorSets;
  /** Query → hits. */
  readonly hits: Readonly<Record<string, readonly SearchHit[]>>;
}

export async function indexContent(
  root: string,
  directory: string,
  options: OpenIndexOptions = {},
): Promise<IndexContent> {
  const { store, dense } = await openIndex(root, directory, options);
  const { recipe, complete, files, vectors } = await store.snapshot();
  const content: Record<string, unknown> = {};
  const segments = new Map<string, Segment>();
  for (const { path, segment: id, ...record } of files.values()) {
    const segment = segments.get(id) ?? decodeSegment(await store.segment(id), id);
    segments.set(id, segment);
    const file = segment.files.find((candidate) => candidate.path === path);
    const tokens = segment.tokens.subarray(file?.tokenStart, file?.tokenEnd);
    content[path] = {
      ...record,
      chunks: file?.chunks.map(({ startLine, endLine }) => [startLine, endLine]),
      text: render(tokens, (word) => segment.words[word - 1] ?? ''),
    };
  }
  const hits: Record<string, readonly SearchHit[]> = {};
  const search = await patientSearch({ store, dense });
  for (const query of QUERIES) hits[query] = await search(query, 20);
  await dense.close();
  await store.close();
  return { recipe, complete, files: content, vectors, hits };
}

/** What a first index of the folder, in a store of its own, says. */
export async function contentFromScratch(
  root: string,
  options: OpenIndexOptions = {},
): Promise<IndexContent> {
  const directory = mkdtempSync(join(tmpdir(), 'touchstone-scratch-'));
  try {
    const { store, indexer } = await openIndex(root, directory, options);
    await indexer.refresh();
    await store.close();
    return await indexContent(root, directory, options);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The parts in which two indexes differ, in words; empty when they say the same. */
export function differences(found: IndexContent, expected: IndexContent): readonly string[] {
  const list: string[] = [];
  const compare = (
    what: string,
    a: Readonly<Record<string, unknown>>,
    b: Readonly<Record<string, unknown>>,
  ) => {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (!isDeepStrictEqual(a[key], b[key])) list.push(`${what} ${key}`);
    }
  };
  if (found.recipe !== expected.recipe) list.push(`recipe ${found.recipe}`);
  if (found.complete !== expected.complete) list.push(`complete ${found.complete}`);
  compare('file', found.files, expected.files);
  compare('vectors', { ...found.vectors }, { ...expected.vectors });
  compare('search', found.hits, expected.hits);
  return list;
}
