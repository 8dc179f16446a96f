/** Entry point of the query worker: short tasks only, so that completions never wait for indexing. */
import { connectHost } from '../worker/connectHost.ts';
import { QueryEngine } from './queryEngine.ts';

connectHost((host, log) => new QueryEngine(host, log));
