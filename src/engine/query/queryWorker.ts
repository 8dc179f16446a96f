/** Entry point of the query worker: short tasks only, so that completions never wait for indexing. */
import { hostKinds, type HostServices } from '../../protocol/engine.ts';
import { servePort } from '../worker/servePort.ts';
import { QueryEngine } from './queryEngine.ts';

servePort<HostServices>(hostKinds, (host, log) => new QueryEngine(host, log));
