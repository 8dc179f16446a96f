/** Indexes one folder with vectors of a provider, as its configuration in JSON says: the first argument. */
import { IndexerEngine } from '../../../../src/engine/indexer/indexerEngine.ts';
import type { EngineConfig } from '../../../../src/protocol/engine.ts';
import { silentLogger } from '../../../support/silentLogger.ts';

const engine = new IndexerEngine({ indexStatus: () => undefined, committed: () => undefined }, silentLogger);
await engine.open(JSON.parse(process.argv[2] ?? '') as EngineConfig);
await engine.refresh({ fromScratch: false });
await engine.close();
