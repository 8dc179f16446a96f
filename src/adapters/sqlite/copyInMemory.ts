import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * A copy in memory of a database, with the log that its writer may have left beside it. Reading such a log takes a file of shared
 * memory next to it, which SQLite cannot make where nothing may be written; so both are copied to where it can.
 */
export function copyInMemory(file: string): DatabaseSync {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-'));
  const place = join(folder, 'copy.sqlite');
  const name = `file:${randomUUID()}?mode=memory&cache=shared`;
  const memory = new DatabaseSync(name);
  try {
    copyFileSync(file, place);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${place}-wal`);
    copyInto(place, name);
    return memory;
  } catch (error) {
    memory.close();
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyInto(file: string, name: string): void {
  const source = new DatabaseSync(file);
  try {
    source.exec(`VACUUM INTO '${name}'`);
  } finally {
    source.close();
  }
}
