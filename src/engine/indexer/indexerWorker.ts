/** Entry point of the indexer worker: reads, cuts, embeds and writes; may use a whole core for seconds. */
import { hostKinds, type HostServices } from '../../protocol/engine.ts';
import { servePort } from '../worker/servePort.ts';
import { IndexerEngine } from './indexerEngine.ts';

servePort<HostServices>(hostKinds, (host, log) => new IndexerEngine(host, log));
