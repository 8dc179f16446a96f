// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HITS } from '../store.mjs';
import { splitWords, WORDINGS } from '../words.mjs';

/** @import { Chunk, Peer, Place, Store } from '../store.mjs' */
/** @import { Wording } from '../words.mjs' */

/** An index in memory that is saved whole, as JSON. @type {readonly Peer[]} */
export const MINI_SEARCH = WORDINGS.map((wording) => ({
  id: `minisearch${wording.suffix}`,
  name: `MiniSearch${wording.note}`,
  ...(wording.upTo !== undefined && { upTo: wording.upTo }),
  create: (place) => {
    const MiniSearch = place.load('minisearch');
    return storeOf(new MiniSearch(optionsFor(wording)), place, wording);
  },
  open: async (place) => {
    const MiniSearch = place.load('minisearch');
    const json = await readFile(fileIn(place), 'utf8');
    return storeOf(MiniSearch.loadJSON(json, optionsFor(wording)), place, wording);
  },
}));

/** @param {Wording} wording */
function optionsFor({ isCut }) {
  const asCut = { tokenize: splitWords, processTerm: (/** @type {string} */ word) => word };
  return { fields: ['text'], ...(isCut && asCut) };
}

/** @param {any} index @param {Place} place @param {Wording} wording @returns {Store} */
function storeOf(index, place, wording) {
  const save = () => writeFile(fileIn(place), JSON.stringify(index));
  const documentOf = (/** @type {Chunk} */ chunk) => ({ id: chunk.id, text: wording.of(chunk) });
  return {
    add: (chunks) => index.addAll(chunks.map(documentOf)),
    save,
    async replace(chunks) {
      for (const chunk of chunks) index.replace(documentOf(chunk));
      await save();
    },
    byWords: (question) =>
      index
        .search(wording.of(question))
        .slice(0, HITS)
        .map((/** @type {{ id: number }} */ { id }) => id),
  };
}

/** @param {Place} place */
function fileIn({ folder }) {
  return join(folder, 'index.json');
}
