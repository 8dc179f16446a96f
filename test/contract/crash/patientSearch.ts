import { IndexReplica } from '../../../src/engine/workspace/indexReplica.ts';
import { createSearch, type Search } from '../../../src/core/retrieval/search.ts';
import { systemClock } from '../../../src/core/async/systemClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import type { OpenIndex } from './openIndex.ts';

/** The product's search over the newest generation, but without a deadline: a busy machine changes no result. */
export async function patientSearch({
  store,
  dense,
}: Pick<OpenIndex, 'store' | 'dense'>): Promise<Search['search']> {
  const reader = new IndexReplica(store, dense);
  await reader.catchUp();
  const clock = { ...systemClock, setTimer: () => () => undefined };
  return createSearch({ lexical: reader.lexical, dense, clock, log: silentLogger }).search;
}
