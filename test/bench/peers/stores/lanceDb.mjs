// @ts-check
import { HITS } from '../store.mjs';

/** @import { Chunk, Peer, Place, Store } from '../store.mjs' */

const TABLE = 'chunks';

/** A table on disk with texts and vectors; native. Words by its full-text index, vectors compared one by one. @type {Peer} */
export const LANCE_DB = {
  id: 'lancedb',
  name: 'LanceDB',
  create: async (place) => {
    const database = await connect(place);
    return storeOf(undefined, place, (rows) => database.createTable(TABLE, rows));
  },
  open: async (place) => storeOf(await (await connect(place)).openTable(TABLE), place),
};

/** @param {Place} place */
function connect({ folder, load }) {
  return load('@lancedb/lancedb').connect(folder);
}

/**
 * @param {any} opened
 * @param {Place} place
 * @param {(rows: object[]) => Promise<any>} [create] makes the table of its first rows
 * @returns {Store}
 */
function storeOf(opened, { load }, create) {
  let table = opened;
  const add = async (/** @type {readonly Chunk[]} */ chunks) => {
    const rows = chunks.map(({ id, text, vector }) => ({ id, text, vector: Array.from(vector) }));
    if (table) await table.add(rows);
    else table = await create?.(rows);
  };
  return {
    add,
    async save() {
      await table.createIndex('text', { config: load('@lancedb/lancedb').Index.fts() });
      await table.optimize();
    },
    async replace(chunks) {
      await table.delete(`id IN (${chunks.map(({ id }) => id).join(', ')})`);
      await add(chunks);
    },
    byWords: ({ text }) => idsOf(table.query().fullTextSearch(text)),
    byVector: (vector) => idsOf(table.vectorSearch(vector).distanceType('dot')),
  };
}

/** @param {any} query */
async function idsOf(query) {
  const rows = await query.select(['id']).limit(HITS).toArray();
  return rows.map((/** @type {{ id: number }} */ { id }) => Number(id));
}
