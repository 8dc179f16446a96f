// Argument: the store's folder. Started with a limit on the size of files: commits a small generation, then one that
// does not fit, and prints the code of what the second meets and what the store holds after it.
import { openIndexStore } from '../../../../src/adapters/sqlite/indexStore.ts';
import { silentLogger } from '../../../support/silentLogger.ts';
import { change, commitMarked, fileRecord, loadWhole } from '../generations.ts';

const [directory = ''] = process.argv.slice(2);
const store = await openIndexStore(directory, silentLogger);
await store.write((writer) => commitMarked(writer, '1'));
const failure = await store
  .write(async (writer) => {
    const id = await writer.putSegment(new Uint8Array(10));
    await writer.commit(
      change(Array.from({ length: 20_000 }, (_, index) => fileRecord(`src/file${index}.ts`, id))),
    );
  })
  .then(
    () => 'none',
    (error: unknown) => (error as { readonly code: string }).code,
  );
process.stdout.write(`${failure}\n${(await loadWhole(store)).recipe}\n`);
await store.write((writer) => commitMarked(writer, '2'));
process.stdout.write(`${(await loadWhole(store)).recipe}\n`);
