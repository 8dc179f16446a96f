// @ts-check
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HITS } from '../store.mjs';
import { WORDINGS } from '../words.mjs';

/** @import { Chunk, Peer, Place, Store } from '../store.mjs' */
/** @import { Wording } from '../words.mjs' */

const WORDS = /[\p{L}\p{N}_$=]+/gu;

/** SQLite's full-text search, which is in Node. @type {readonly Peer[]} */
export const FTS5 = WORDINGS.map((wording) => ({
  id: `fts5${wording.suffix}`,
  name: `SQLite FTS5${wording.note}`,
  ...(wording.upTo !== undefined && { upTo: wording.upTo }),
  create: (place) => {
    const database = open(place);
    const tokenizer = wording.isCut ? `unicode61 tokenchars ''=''` : 'unicode61';
    database.exec(`CREATE VIRTUAL TABLE chunks USING fts5(text, tokenize = '${tokenizer}')`);
    return storeOf(database, wording);
  },
  open: (place) => storeOf(open(place), wording),
}));

/** Every commit waits for the disk. @param {Place} place */
function open({ folder }) {
  const database = new DatabaseSync(join(folder, 'chunks.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  return database;
}

/** @param {DatabaseSync} database @param {Wording} wording @returns {Store} */
function storeOf(database, wording) {
  const insert = database.prepare('INSERT INTO chunks (rowid, text) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM chunks WHERE rowid = ?');
  const find = database.prepare('SELECT rowid FROM chunks WHERE chunks MATCH ? ORDER BY rank LIMIT ?');
  /** @param {readonly Chunk[]} chunks @param {(chunk: Chunk) => void} change */
  const inOne = (chunks, change) => {
    database.exec('BEGIN');
    chunks.forEach(change);
    database.exec('COMMIT');
  };
  return {
    add: (chunks) => inOne(chunks, (chunk) => insert.run(chunk.id, wording.of(chunk))),
    save: () => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
    replace: (chunks) =>
      inOne(chunks, (chunk) => {
        remove.run(chunk.id);
        insert.run(chunk.id, wording.of(chunk));
      }),
    byWords: (question) => {
      const match = anyOf(wording.of(question));
      return match === '' ? [] : find.all(match, HITS).map(({ rowid }) => Number(rowid));
    },
  };
}

/** Each word quoted, so that none is taken for an operator. @param {string} text */
function anyOf(text) {
  return [...new Set(text.match(WORDS))].map((word) => `"${word}"`).join(' OR ');
}
