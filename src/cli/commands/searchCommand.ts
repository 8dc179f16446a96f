import * as z from 'zod';
import type { SearchHit } from '../../core/retrieval/hit.ts';
import type { QueryFolder } from '../../engine/query/queryFolder.ts';
import type { Command } from '../arguments.ts';
import { readJsonLines } from '../jsonLines.ts';
import { printableLine } from '../printable.ts';
import { openSession } from '../session.ts';
import { UsageError } from '../usageError.ts';

const query = z.object({ id: z.union([z.string(), z.number()]), query: z.string() });

/** `touchstone search <folder> "<query>"`, or a batch with `--queries`. */
export const searchCommand: Command = async (args, output, signal) => {
  const text = args.positionals[1];
  if ((text === undefined) === (args.queries === undefined)) {
    throw new UsageError('Give either a query or --queries <file.jsonl>.');
  }
  if (args.positionals.length > 2) {
    throw new UsageError('Put a query of several words in quotes: touchstone search . "your query"');
  }
  if (text?.trim() === '') throw new UsageError('The query is empty.');
  const batch = args.queries === undefined ? undefined : await readJsonLines(args.queries, query);
  const session = await openSession(args, output, signal);
  try {
    if (text !== undefined) {
      const { hits } = await timedSearch(session.folder, text, args.count, signal);
      if (output.json) output.value(hits);
      else for (const hit of hits) output.line(describe(hit));
    }
    for (const { id, query: each } of batch ?? []) {
      signal.throwIfAborted();
      output.value({ id, ...(await timedSearch(session.folder, each, args.count, signal)) });
    }
  } finally {
    await session.close();
  }
};

async function timedSearch(folder: QueryFolder, text: string, count: number, signal: AbortSignal) {
  const started = performance.now();
  const hits = await folder.search(text, count, signal);
  const elapsedMs = performance.now() - started;
  return { hits: hits.map(toResult), elapsedMs };
}

function toResult({ path, startLine, endLine, score, legs }: SearchHit) {
  return { path, startLine, endLine, score, legs };
}

function describe(hit: Pick<SearchHit, 'path' | 'startLine' | 'endLine' | 'score'>): string {
  return `${printableLine(hit.path)}:${hit.startLine}-${hit.endLine}  ${hit.score.toFixed(3)}`;
}
