// Arguments: the store's folder, the first mark, how many generations. Commits them one after the other, printing each
// mark, in one call to `write` a generation.
import { openIndexStore } from '../../../../src/adapters/sqlite/indexStore.ts';
import { silentLogger } from '../../../support/silentLogger.ts';
import { commitMarked } from '../generations.ts';

const [directory = '', first = '', count = ''] = process.argv.slice(2);
const store = await openIndexStore(directory, silentLogger);
for (let mark = Number(first); mark < Number(first) + Number(count); mark++) {
  await store.write((writer) => commitMarked(writer, String(mark)));
  process.stdout.write(`${mark}\n`);
}
await store.close();
