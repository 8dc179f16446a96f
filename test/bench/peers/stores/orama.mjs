// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HITS } from '../store.mjs';
import { splitWords, WORDINGS } from '../words.mjs';

/** @import { Chunk, Peer, Place, Store } from '../store.mjs' */
/** @import { Wording } from '../words.mjs' */

/** A database in memory that is saved whole, as JSON, documents included. @type {readonly Peer[]} */
export const ORAMA = WORDINGS.map((wording) => ({
  id: `orama${wording.suffix}`,
  name: `Orama${wording.note}`,
  ...(wording.upTo !== undefined && { upTo: wording.upTo }),
  create: (place) => storeOf(empty(place, wording), place, wording),
  open: async (place) => {
    const database = empty(place, wording);
    place.load('@orama/orama').load(database, JSON.parse(await readFile(fileIn(place), 'utf8')));
    return storeOf(database, place, wording);
  },
}));

/** @param {Place} place @param {Wording} wording */
function empty(place, { isCut }) {
  const tokenizer = { language: 'english', normalizationCache: new Map(), tokenize: splitWords };
  return place
    .load('@orama/orama')
    .create({ schema: { text: 'string' }, ...(isCut && { components: { tokenizer } }) });
}

/** @param {any} database @param {Place} place @param {Wording} wording @returns {Store} */
function storeOf(database, place, wording) {
  const orama = place.load('@orama/orama');
  const save = () => writeFile(fileIn(place), JSON.stringify(orama.save(database)));
  const insert = (/** @type {Chunk} */ chunk) =>
    orama.insert(database, { id: `${chunk.id}`, text: wording.of(chunk) });
  return {
    async add(chunks) {
      for (const chunk of chunks) await insert(chunk);
    },
    save,
    async replace(chunks) {
      for (const chunk of chunks) {
        await orama.remove(database, `${chunk.id}`);
        await insert(chunk);
      }
      await save();
    },
    async byWords(question) {
      const { hits } = await orama.search(database, { term: wording.of(question), limit: HITS });
      return hits.map((/** @type {{ id: string }} */ { id }) => Number(id));
    },
  };
}

/** @param {Place} place */
function fileIn({ folder }) {
  return join(folder, 'database.json');
}
