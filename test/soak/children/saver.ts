// Arguments: seed, number of saves, saves between two samples. Saves one file over and over, indexing it and following
// the commit as the two workers do, and prints heap and resident size in bytes and the number of stored files.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DocumentMirror, openQueryFolder } from '../../../src/engine/query/queryFolder.ts';
import { IndexerFolder } from '../../../src/engine/indexer/indexerFolder.ts';
import { fillFolder } from '../../contract/crash/editFolder.ts';
import { sourceText } from '../../contract/crash/sourceText.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { silentLogger } from '../../support/silentLogger.ts';

const [seed = 0, saves = 0, every = 1] = process.argv.slice(2).map(Number);
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const base = mkdtempSync(join(tmpdir(), 'touchstone-saver-'));
process.once('exit', () => rmSync(base, { recursive: true, force: true }));
const [root, store] = [join(base, 'root'), join(base, 'store')];
mkdirSync(root);
const random = seededRandom(seed);
fillFolder(root, random);

const host = { indexStatus: () => undefined, committed: () => undefined };
const indexer = await IndexerFolder.open({ root, store }, host, silentLogger);
const reader = await openQueryFolder({ root, store }, new DocumentMirror(), silentLogger);
await indexer.refresh({ fromScratch: false });

for (let save = 1; save <= saves; save++) {
  writeFileSync(join(root, 'folder0/saved.ts'), sourceText(seededRandom(save % 40), 20));
  await indexer.touch(['folder0/saved.ts']);
  await reader.catchUp();
  if (save % every === 0) {
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    const files = readdirSync(store, { recursive: true }).length;
    process.stdout.write(`${JSON.stringify({ save, heap: heapUsed, resident: rss, files })}\n`);
  }
}
await Promise.all([indexer.close(), reader.close()]);
