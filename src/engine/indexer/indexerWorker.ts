/** Entry point of the indexer worker: reads, cuts, embeds and writes; may use a whole core for seconds. */
import { connectHost } from '../worker/connectHost.ts';
import { IndexerEngine } from './indexerEngine.ts';

connectHost((host, log) => new IndexerEngine(host, log));
