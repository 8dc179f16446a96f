// @ts-check
import { join } from 'node:path';
import { HITS } from '../store.mjs';

/** @import { Chunk, Peer, Place, Store } from '../store.mjs' */

/** An HNSW graph in memory that is saved whole; native, with as many threads as there are processors. @type {Peer} */
export const USEARCH = {
  id: 'usearch',
  name: 'USearch (HNSW)',
  create: (place) => storeOf(empty(place), place),
  open: (place) => {
    const index = empty(place);
    index.load(fileIn(place));
    return storeOf(index, place);
  },
};

/** @param {Place} place */
function empty({ load, dims }) {
  const { Index } = load('usearch');
  return new Index({ dimensions: dims, metric: 'cos' });
}

/** @param {any} index @param {Place} place @returns {Store} */
function storeOf(index, place) {
  const save = () => index.save(fileIn(place));
  const add = (/** @type {readonly Chunk[]} */ chunks) => {
    const rows = new Float32Array(chunks.length * place.dims);
    chunks.forEach(({ vector }, row) => rows.set(vector, row * place.dims));
    index.add(
      BigUint64Array.from(chunks, ({ id }) => BigInt(id)),
      rows,
    );
  };
  return {
    add,
    save,
    replace(chunks) {
      for (const { id } of chunks) index.remove(BigInt(id));
      add(chunks);
      save();
    },
    byVector: (vector) => Array.from(index.search(vector, HITS).keys, Number),
  };
}

/** @param {Place} place */
function fileIn({ folder }) {
  return join(folder, 'graph.usearch');
}
