// @ts-check
import { FTS5 } from './stores/fts5.mjs';
import { LANCE_DB } from './stores/lanceDb.mjs';
import { MINI_SEARCH } from './stores/miniSearch.mjs';
import { ORAMA } from './stores/orama.mjs';
import { USEARCH } from './stores/usearch.mjs';
import { VECTRA } from './stores/vectra.mjs';

/** @import { Peer } from './store.mjs' */

/** In the order of the table. @type {readonly Peer[]} */
export const PEERS = [LANCE_DB, VECTRA, USEARCH, ...FTS5, ...MINI_SEARCH, ...ORAMA];
