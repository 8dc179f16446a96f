import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fts5File } from './fts5File.ts';
import { timed } from './latency.ts';

/** Files that one transaction indexes: all of a large folder at once would not fit memory. */
const BATCH = 400;

/** A folder's files in FTS5 on disk. */
export interface Fts5Workspace {
  readonly firstIndexMs: number;
  readonly diskBytes: number;
  search(query: string, count: number): void;
  close(): Promise<void>;
}

/** Indexes the files, reading them included. */
export async function openFts5Workspace(root: string, paths: readonly string[]): Promise<Fts5Workspace> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  const file = join(folder, 'fts5.sqlite');
  const database = new Fts5File(file);
  const read = async (path: string) => ({ path, text: await readFile(join(root, path), 'utf8') });
  const firstIndexMs = await timed(async () => {
    for (let at = 0; at < paths.length; at += BATCH) {
      database.replace(await Promise.all(paths.slice(at, at + BATCH).map(read)));
    }
  });
  database.checkpoint();
  return {
    firstIndexMs,
    diskBytes: (await stat(file)).size,
    search(query, count) {
      database.search(query, count);
    },
    async close() {
      database.close();
      await rm(folder, { recursive: true });
    },
  };
}
