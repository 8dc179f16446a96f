// Arguments: folder, store, greatest size of a file in bytes. Indexes the folder and opens the index as the two workers
// do, and prints the counts, the times in milliseconds and the greatest resident size in megabytes.
import { DocumentMirror, openQueryFolder } from '../../../src/engine/query/queryFolder.ts';
import { IndexerFolder } from '../../../src/engine/indexer/indexerFolder.ts';
import { silentLogger } from '../../support/silentLogger.ts';

const [root = '', store = '', maxFileBytes] = process.argv.slice(2);
const config = { root, store, discovery: { excludes: [], maxFileBytes: Number(maxFileBytes) } };
const host = { indexStatus: () => undefined, committed: () => undefined };
const megabytes = () => Math.round(process.resourceUsage().maxRSS / 1024);

const indexer = await IndexerFolder.open(config, host, silentLogger);
const { files, chunks, skipped, elapsedMs } = await indexer.refresh({ fromScratch: false });
await indexer.idle();
await indexer.close();
const indexingMegabytes = megabytes();
// eslint-disable-next-line no-restricted-syntax -- reported, and never judged
const started = performance.now();
const reader = await openQueryFolder(config, new DocumentMirror(), silentLogger);
await reader.catchUp();
// eslint-disable-next-line no-restricted-syntax -- as above
const openMs = performance.now() - started;
const hits = await reader.search('value7', 10);
await reader.close();
const reasons = [...new Set(skipped.map(({ reason }) => reason))];
const result = {
  files,
  chunks,
  reasons,
  elapsedMs,
  openMs,
  hits: hits.length,
  indexingMegabytes,
  megabytes: megabytes(),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
