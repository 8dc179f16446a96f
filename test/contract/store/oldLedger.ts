import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/** A copy in `folder` of a ledger that an earlier version left, in place of the one before. Returns its path. */
export function oldLedger(name: 'ledger-v1' | 'ledger-v1-killed', folder: string): string {
  const file = join(folder, 'old.sqlite');
  for (const suffix of ['', '-wal', '-shm']) {
    rmSync(`${file}${suffix}`, { force: true });
    const from = join(FIXTURES, `${name}.sqlite${suffix}`);
    if (existsSync(from)) copyFileSync(from, `${file}${suffix}`);
  }
  return file;
}

export interface LedgerRow {
  readonly sequence: number;
  readonly id: string;
  readonly kind: string;
  readonly at: number;
  readonly workspace: string;
  readonly record: string;
}

/** Every row as it is stored, in all columns that every format has. */
export function rowsOf(file: string): readonly LedgerRow[] {
  return reading(file, (database) =>
    database
      .prepare('SELECT sequence, id, kind, at, workspace, record FROM signals ORDER BY sequence')
      .all()
      .map((row) => ({ ...row }) as unknown as LedgerRow),
  );
}

/** Which format the file says it has. */
export function versionOf(file: string): number {
  return reading(file, (database) => Number(database.prepare('PRAGMA user_version').get()?.['user_version']));
}

/** Works on a copy: looking at a file that a dead process left must not change what the next one finds. */
function reading<T>(file: string, look: (database: DatabaseSync) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-look-'));
  const copy = join(folder, 'copy.sqlite');
  for (const suffix of ['', '-wal']) {
    if (existsSync(`${file}${suffix}`)) copyFileSync(`${file}${suffix}`, `${copy}${suffix}`);
  }
  const database = new DatabaseSync(copy);
  try {
    return look(database);
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
