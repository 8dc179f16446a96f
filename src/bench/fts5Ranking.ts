import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Passage, PassageRanking } from './baselines/passage.ts';
import { wholeWords } from './baselines/terms.ts';

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
