// Arguments: the ledger's file, and either `call <n> before|after`, to be killed by its own hand at its n-th call of
// SQLite's `exec` from 1 on, or `open`. Prints what each call was, then appends a record and prints `done`.
import { DatabaseSync } from 'node:sqlite';
import { openSignalLedger } from '../../../../src/adapters/sqlite/signalLedger.ts';
import { silentLogger } from '../../../support/silentLogger.ts';

const [file = '', how = '', wanted = '', when = ''] = process.argv.slice(2);
// eslint-disable-next-line @typescript-eslint/unbound-method -- it is bound to each database below
const { exec } = DatabaseSync.prototype;
let calls = 0;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
  calls++;
  const isLast = how === 'call' && calls === Number(wanted);
  if (isLast && when === 'before') process.kill(process.pid, 'SIGKILL');
  exec.call(this, sql);
  if (isLast) process.kill(process.pid, 'SIGKILL');
};
const ledger = await openSignalLedger(file, silentLogger);
process.stdout.write(`opened ${calls}\n`);
await ledger.append([
  { kind: 'undone', id: `by ${process.pid}`, at: 1, workspace: 'migrator', afterMs: process.pid },
]);
process.stdout.write('done\n');
await ledger.close();
