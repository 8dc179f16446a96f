// Arguments: the ledger's file, a workspace, how many. Appends records one by one, printing each `afterMs` once it is
// durable, then waits to be killed.
import { openSignalLedger } from '../../../../src/adapters/sqlite/signalLedger.ts';
import { silentLogger } from '../../../support/silentLogger.ts';

const [file = '', workspace = '', count = ''] = process.argv.slice(2);
const ledger = await openSignalLedger(file, silentLogger);
for (let afterMs = 0; afterMs < Number(count); afterMs++) {
  await ledger.append([{ kind: 'outcome', id: 'id', at: 1, workspace, outcome: 'accepted', afterMs }]);
  process.stdout.write(`${afterMs}\n`);
}
setInterval(() => undefined, 1000);
