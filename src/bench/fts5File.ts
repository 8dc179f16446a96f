import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { IndexedText } from '../evals/hiddenText.ts';
import { lineWindows } from './baselines/passage.ts';
import { wholeWords } from './baselines/terms.ts';
import type { Passage, PassageRanking } from './baselines/passage.ts';

/** A plain full-text index on disk: FTS5 over windows of forty lines, one transaction for each call. */
export class Fts5File {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS places (id INTEGER PRIMARY KEY, path TEXT NOT NULL, line INTEGER NOT NULL);
      CREATE INDEX IF NOT EXISTS places_by_path ON places (path);
      CREATE VIRTUAL TABLE IF NOT EXISTS windows USING fts5(text);`);
  }

  /** Indexes the files in place of what was there of them. */
  replace(files: readonly IndexedText[]): void {
    const forget = this.#database.prepare(
      'DELETE FROM windows WHERE rowid IN (SELECT id FROM places WHERE path = ?)',
    );
    const forgetPlaces = this.#database.prepare('DELETE FROM places WHERE path = ?');
    const addPlace = this.#database.prepare('INSERT INTO places (path, line) VALUES (?, ?)');
    const add = this.#database.prepare('INSERT INTO windows (rowid, text) VALUES (?, ?)');
    this.#database.exec('BEGIN');
    for (const file of files) {
      forget.run(file.path);
      forgetPlaces.run(file.path);
      for (const { path, startLine, text } of lineWindows(file)) {
        add.run(addPlace.run(path, startLine).lastInsertRowid, text);
      }
    }
    this.#database.exec('COMMIT');
  }

  /** The places that match best; for any of the words. */
  search(query: string, count: number): readonly { readonly path: string; readonly line: number }[] {
    const match = fts5Query(query);
    if (match === '') return [];
    const best = this.#database.prepare(
      `SELECT path, line FROM places JOIN
        (SELECT rowid AS found, rank FROM windows WHERE windows MATCH ? ORDER BY rank LIMIT ?) ON id = found
        ORDER BY rank, id`,
    );
    return best.all(match, count).map(({ path, line }) => ({ path: String(path), line: Number(line) }));
  }

  /** Moves everything from the log into the database's file. */
  checkpoint(): void {
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.#database.close();
  }
}

/**
 * SQLite's full-text search as it comes: FTS5 with its unicode61 tokenizer, any word of the query, ranked by its bm25().
 * Identifiers are cut at underscores and not at capitals.
 */
export class Fts5Ranking implements PassageRanking {
  readonly #database: DatabaseSync;
  readonly #find: StatementSync;
  readonly #passages: readonly Passage[];

  constructor(passages: readonly Passage[]) {
    this.#passages = passages;
    this.#database = new DatabaseSync(':memory:');
    this.#database.exec('CREATE VIRTUAL TABLE passages USING fts5(text)');
    this.#database.exec('BEGIN');
    const insert = this.#database.prepare('INSERT INTO passages (rowid, text) VALUES (?, ?)');
    for (const [at, { text }] of passages.entries()) insert.run(at + 1, text);
    this.#database.exec('COMMIT');
    this.#find = this.#database.prepare(
      'SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank, rowid LIMIT ?',
    );
  }

  search(query: string, count: number): readonly Passage[] {
    const match = fts5Query(query);
    if (match === '') return [];
    return this.#find.all(match, count).flatMap(({ rowid }) => this.#passages[Number(rowid) - 1] ?? []);
  }

  close(): void {
    this.#database.close();
  }
}

/** Any of the words, each quoted so that none is taken for an operator. */
export function fts5Query(query: string): string {
  return [...new Set(wholeWords(query))].map((word) => `"${word}"`).join(' OR ');
}
