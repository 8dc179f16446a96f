/** Keeps vectors of texts in an embedding cache until it is killed, and prints the number of those that are safe. */
import { openEmbeddingCache } from '../../../../src/adapters/sqlite/embeddingCache.ts';
import { silentLogger } from '../../../support/silentLogger.ts';

const [file = '', name = ''] = process.argv.slice(2);
const cache = openEmbeddingCache({ file, log: silentLogger, now: Date.now });
for (let count = 0; count < 100_000; count += 10) {
  const texts = Array.from({ length: 10 }, (_, at) => `${name} ${String(count + at)}`);
  await cache.keep(
    'e',
    texts,
    texts.map((_, at) => Float32Array.of(count + at, 1)),
  );
  process.stdout.write(`${String(count + 10)}\n`);
}
