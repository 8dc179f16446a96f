import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DocumentMirror } from '../../engine/documentMirror.ts';
import { IndexerFolder } from '../../engine/indexerFolder.ts';
import { openQueryFolder } from '../../engine/queryFolder.ts';
import type { FolderConfig } from '../../protocol/engine.ts';
import type { BenchOptions } from './benchOptions.ts';
import { timed } from './latency.ts';

const HOST = { indexStatus: () => undefined, committed: () => undefined };
const HITS = 10;

interface SavedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * From the moment a changed file is on disk until a search finds the name that is new in it, in ms. Vectors of one change
 * are made before the next. Throws when a change is not found.
 */
export async function savedFileTimes(
  config: FolderConfig,
  changed: readonly SavedFile[],
  { log }: Pick<BenchOptions, 'log'>,
): Promise<readonly number[]> {
  const indexer = await IndexerFolder.open(config, HOST, log);
  const folder = await openQueryFolder(config, new DocumentMirror(), log);
  try {
    await folder.follow();
    const times: number[] = [];
    for (const [at, { path, text }] of changed.entries()) {
      const name = newWord(at);
      await writeFile(join(config.root, path), `${text}\n${name}\n`);
      times.push(
        await timed(async () => {
          await indexer.touch([path]);
          await folder.follow();
          const hits = await folder.search(name, HITS);
          if (!hits.some((hit) => hit.path === path)) throw new Error(`A change of ${path} is not found.`);
        }),
      );
      await indexer.idle();
    }
    return times;
  } finally {
    await folder.close();
    await indexer.close();
  }
}

/** A word that no code has, nor any part of it: what is found by it is the change. */
function newWord(number: number): string {
  return `zaqwix${String(number).replace(/\d/g, (digit) => 'bcdfghjklm'.charAt(Number(digit)))}`;
}
