import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DocumentMirror, openQueryFolder } from '../engine/query/queryFolder.ts';
import { IndexerFolder } from '../engine/indexer/indexerFolder.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import { type BenchOptions, timed } from './benchOptions.ts';

const HOST = { indexStatus: () => undefined, committed: () => undefined };
const HITS = 10;

interface SavedFile {
  readonly path: string;
  readonly text: string;
}

/** In milliseconds, from the moment a changed file is on disk. */
export interface SavedFileTime {
  /** Until a search finds the name that is new in it. */
  readonly foundMs: number;
  /** Until its vectors answer as well. */
  readonly completeMs: number;
}

/** Changes the files one after the other, each when all is done for the one before. Throws when a change is not found. */
export async function savedFileTimes(
  config: FolderConfig,
  changed: readonly SavedFile[],
  { log }: Pick<BenchOptions, 'log'>,
): Promise<readonly SavedFileTime[]> {
  const indexer = await IndexerFolder.open(config, HOST, log);
  const folder = await openQueryFolder(config, new DocumentMirror(), log);
  try {
    await folder.catchUp();
    const times: SavedFileTime[] = [];
    for (const [at, { path, text }] of changed.entries()) {
      const name = newWord(at);
      await writeFile(join(config.root, path), `${text}\n${name}\n`);
      const foundMs = await timed(async () => {
        await indexer.touch([path]);
        await folder.catchUp();
        const hits = await folder.search(name, HITS);
        if (!hits.some((hit) => hit.path === path)) throw new Error(`A change of ${path} is not found.`);
      });
      const vectorsMs = await timed(async () => {
        await indexer.idle();
        await folder.catchUp();
      });
      times.push({ foundMs, completeMs: foundMs + vectorsMs });
    }
    return times;
  } finally {
    await folder.close();
    await indexer.close();
  }
}

/** A word that no code has, nor any part of it: what is found by it is the change. */
export function newWord(number: number): string {
  return `zaqwix${String(number).replace(/\d/g, (digit) => 'bcdfghjklm'.charAt(Number(digit)))}`;
}
