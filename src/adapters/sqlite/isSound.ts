import type { DatabaseSync } from 'node:sqlite';
import type { DatabaseFormat } from './databaseFormat.ts';
import { openDatabase } from './openDatabase.ts';
import { isUnusable } from './sqliteError.ts';

/** Whether the file is a database of this format whose pages are all in order. */
export function isSound(file: string, format: DatabaseFormat): boolean {
  let database: DatabaseSync | undefined;
  try {
    database = openDatabase(file, format);
    return database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] === 'ok';
  } catch (error) {
    if (isUnusable(error)) return false;
    throw error;
  } finally {
    database?.close();
  }
}
