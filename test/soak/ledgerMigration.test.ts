import { setTimeout as delay } from 'node:timers/promises';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openSignalLedger } from '../../src/adapters/sqlite/signalLedger.ts';
import { SIGNAL_FORMAT } from '../../src/adapters/sqlite/signalMigrations.ts';
import { oldLedger, rowsOf, versionOf } from '../contract/store/oldLedger.ts';
import { temporaryFolder } from '../contract/store/temporaryFolder.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { startScript } from '../support/startScript.ts';
import { soakSeed } from './soakSeed.ts';

const MIGRATOR = new URL('../contract/store/children/migrator.ts', import.meta.url);
const ROUNDS = 100;
/** The fixture so many times over, as years of use leave it. */
const COPIES = 200;

/** On a machine of today those that migrate are through in half of this; anywhere, some are killed early. */
const LONGEST_LIFE_MS = 2_000;

function largeLedger(folder: string): string {
  const file = oldLedger('ledger-v1', folder);
  const database = new DatabaseSync(file);
  for (let copy = 1; copy < COPIES; copy++) {
    database.exec(
      'INSERT INTO signals (id, kind, at, workspace, record) SELECT id, kind, at, workspace, record FROM signals LIMIT 115',
    );
  }
  database.close();
  return file;
}

describe(`a large ledger of an older format, from seed ${soakSeed}`, () => {
  it('loses nothing when those that migrate it are killed at any time, two at once', async () => {
    const random = seededRandom(soakSeed);
    const folder = temporaryFolder();
    const large = largeLedger(folder);
    const file = join(folder, 'signals.sqlite');
    const before = rowsOf(large);
    let migrated = 0;
    for (let round = 0; round < ROUNDS; round++) {
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
      copyFileSync(large, file);
      const children = [startScript(MIGRATOR, file, 'open'), startScript(MIGRATOR, file, 'open')];
      await delay(random.below(LONGEST_LIFE_MS));
      for (const child of children) child.kill();
      await Promise.all(children.map((child) => child.ended));
      if (versionOf(file) === SIGNAL_FORMAT) migrated++;
      const ledger = await openSignalLedger(file, silentLogger);
      await ledger.close();
      expect(versionOf(file)).toBe(SIGNAL_FORMAT);
      expect(rowsOf(file).slice(0, before.length)).toEqual(before);
    }
    process.stdout.write(`${migrated} of ${ROUNDS} were migrated when their processes died\n`);
  });
});
