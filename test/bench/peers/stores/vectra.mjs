// @ts-check
import { HITS } from '../store.mjs';

/** @import { Chunk, Peer, Place, Store } from '../store.mjs' */

/** The library that Touchstone's shards are kept by, as it comes: one index, saved whole, as JSON. @type {Peer} */
export const VECTRA = {
  id: 'vectra',
  name: 'vectra',
  create: async (place) => {
    const index = await indexIn(place);
    await index.createIndex({ version: 1 });
    await index.beginUpdate();
    return storeOf(index);
  },
  open: async (place) => storeOf(await indexIn(place)),
};

/** The version that the product has. @param {Place} place */
async function indexIn({ folder }) {
  const { LocalIndex } = await import('vectra');
  return new LocalIndex(folder);
}

/** @param {import('vectra').LocalIndex} index @returns {Store} */
function storeOf(index) {
  const add = async (/** @type {readonly Chunk[]} */ chunks) => {
    for (const { id, vector } of chunks) await index.insertItem({ id: `${id}`, vector: Array.from(vector) });
  };
  return {
    add,
    save: () => index.endUpdate(),
    async replace(chunks) {
      await index.beginUpdate();
      await index.deleteItems(chunks.map(({ id }) => `${id}`));
      await add(chunks);
      await index.endUpdate();
    },
    async byVector(vector) {
      const hits = await index.queryItems(Array.from(vector), '', HITS);
      return hits.map(({ item }) => Number(item.id));
    },
  };
}
