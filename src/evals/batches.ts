import type { IndexedText } from './hiddenText.ts';

/** Characters after which a batch is full: about what the indexer puts into one segment. */
const BATCH_CHARS = 1 << 20;

/** The texts in order, in batches that are worth a vocabulary of their own and still small. */
export function* batches(texts: readonly IndexedText[]): Generator<readonly IndexedText[]> {
  let batch: IndexedText[] = [];
  let chars = 0;
  for (const each of texts) {
    batch.push(each);
    chars += each.text.length;
    if (chars < BATCH_CHARS) continue;
    yield batch;
    batch = [];
    chars = 0;
  }
  if (batch.length > 0) yield batch;
}
