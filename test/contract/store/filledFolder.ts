import { openIndexStore } from '../../../src/adapters/sqlite/indexStore.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { commitMarked } from './generations.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** A folder with generation 1, all of it in the manifest's main file. */
export async function filledFolder(): Promise<string> {
  const directory = temporaryFolder();
  const store = await openIndexStore(directory, silentLogger);
  await store.write((writer) => commitMarked(writer, '1'));
  await store.close();
  return directory;
}
