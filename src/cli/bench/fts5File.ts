import { DatabaseSync } from 'node:sqlite';
import { lineWindows } from '../../core/evals/baselines/lineWindows.ts';
import type { IndexedText } from '../../core/evals/hiddenText.ts';

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

  close(): void {
    this.#database.close();
  }
}
