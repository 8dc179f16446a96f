// Argument: folder, store, seed and how often as JSON. Edits the folder at random and refreshes its index, as another
// process does at the same time, so often; then brings the index up to date and ends.
import { seededRandom } from '../../../support/seededRandom.ts';
import { editFolder } from '../editFolder.ts';
import { openIndex } from '../openIndex.ts';
import { say } from '../say.ts';

const { root, directory, seed, refreshes } = JSON.parse(process.argv[2] ?? '') as {
  readonly root: string;
  readonly directory: string;
  readonly seed: number;
  readonly refreshes: number;
};

const complain = (message: string, details?: unknown) => say(`problem: ${message} ${String(details)}`);
const log = { debug: () => undefined, info: () => undefined, warn: complain, error: complain };
const random = seededRandom(seed);
const { store, indexer } = await openIndex(root, directory, { log });

/** The other process may have moved what was to be edited just then. */
function edit(): readonly string[] {
  try {
    return editFolder(root, random);
  } catch {
    return [];
  }
}

for (let refresh = 0; refresh < refreshes; refresh++) {
  const paths = Array.from({ length: 1 + random.below(4) }, edit).flat();
  await indexer.refresh(random.once(4) ? {} : { paths });
}
await indexer.refresh();
await store.close();
