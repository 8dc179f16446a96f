// @ts-check
// `npm run bench [-- --only=retrieval,ablation,chunk,vectors,scale,peers,chunkers --corpora=eslint --sizes=1000,all --chunks=<folder>]`: measures one
// thing after the other, keeps the results in test/bench/results and writes docs/benchmarks.md from all results there are.
// `--sizes` are the workspaces of `scale` and `peers`: numbers of chunks, and `all`. What `peers` measures beside Touchstone is
// installed into the cache when it is first wanted, as is what `chunkers` does; `--roo` names a clone of Roo Code for it, to do without
// GitHub. `--chunks` names a folder with documents.json and
// queries-dev.jsonl, in the format that `touchstone bench retrieval` reads.
// `--only=` alone measures nothing and writes the page again.
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import { ROOT } from '../../bin/dev/lib/places.mjs';
import { setUp } from '../../bin/dev/lib/setUp.mjs';
import { runScript } from '../../bin/dev/lib/setupError.mjs';
import { measureChunkers } from './chunkers/measureChunkers.mjs';
import { knownCorpora } from './corpora.mjs';
import { measure } from './measure.mjs';
import { renderPage } from './page.mjs';
import { measurePeers } from './peers/measurePeers.mjs';
import { readResults } from './readResults.mjs';

const BENCHES = ['retrieval', 'complete', 'versions', 'typing', 'search', 'index', 'chunk'];
/** How many vectors of how many dims. */
const VECTORS = [
  [10_000, 384],
  [100_000, 384],
  [50_000, 1536],
];
/** Workspaces of so many chunks; `all` is the code of every corpus as it is. */
const SIZES = '1000,10000,50000,100000,all';
/** Those in which other stores are measured too. */
const PEER_SIZES = '10000,50000,100000';

/** @import { Corpus } from './corpora.mjs' */

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      corpora: { type: 'string' },
      chunks: { type: 'string' },
      sizes: { type: 'string' },
      roo: { type: 'string' },
    },
  });
  await setUp(['node', 'deps', 'build']);
  if (values.chunks !== undefined) await measureChunks(resolve(values.chunks));
  const isWanted = (/** @type {string} */ bench) => values.only?.split(',').includes(bench) ?? true;
  if (isWanted('vectors')) await measureVectors();
  if (isWanted('scale')) await measureScale((values.sizes ?? SIZES).split(','));
  if (isWanted('peers')) await measureBesideOthers((values.sizes ?? PEER_SIZES).split(','));
  if (isWanted('ablation')) await measureAblation();
  const benches = BENCHES.filter(isWanted);
  const wanted = values.corpora?.split(',');
  const corpora = (await knownCorpora()).filter(
    ({ id }) => wanted?.some((part) => id.includes(part)) ?? true,
  );
  const toCut = corpora.filter(({ isHeldOut }) => !isHeldOut);
  if (isWanted('chunkers')) await measureChunkers(toCut, { roo: values.roo && resolve(values.roo) });
  for (const corpus of corpora) {
    if (benches.length > 0) await measureOn(corpus, benches);
  }
  const page = renderPage(await readResults());
  const config = await prettier.resolveConfig(join(ROOT, 'package.json'));
  await writeFile(
    join(ROOT, 'docs/benchmarks.md'),
    await prettier.format(page, { ...config, parser: 'markdown' }),
  );
  console.log('Written: docs/benchmarks.md');
});

/** @param {string} folder */
async function measureChunks(folder) {
  const files = [
    '--documents',
    join(folder, 'documents.json'),
    '--queries',
    join(folder, 'queries-dev.jsonl'),
  ];
  await measure(
    { what: 'chunks', on: 'contextual-code', args: ['bench', 'retrieval', ...files, '--ablation'] },
    'chunks/contextual-code',
  );
}

async function measureVectors() {
  for (const [items, dims] of VECTORS) {
    const size = `${items}x${dims}`;
    console.log(`vectors: ${size}`);
    const args = ['bench', 'vectors', '--items', `${items}`, '--dims', `${dims}`];
    await measure({ what: 'vectors', on: size.replace('x', ' × '), args }, `vectors/${size}`);
  }
}

async function measureAblation() {
  console.log('ablation');
  const args = ['bench', 'ablation', ...(await pinnedCode())];
  await measure({ what: 'ablation', on: 'all packages', args }, 'ablation/all');
}

/** @param {readonly string[]} sizes */
async function measureScale(sizes) {
  const roots = await pinnedCode();
  for (const size of sizes) {
    console.log(`scale: ${size}`);
    const args = ['bench', 'scale', ...roots, '--chunks', size];
    await measure({ what: 'scale', on: size, args }, `scale/${size}`);
  }
}

/** @param {readonly string[]} sizes */
async function measureBesideOthers(sizes) {
  try {
    const roots = await pinnedCode();
    for (const size of sizes) await measurePeers(roots, size);
  } catch (error) {
    console.log(`peers: left out: ${/** @type {Error} */ (error).message}`);
  }
}

/** The code of every corpus but those for one thing only. This repository is left out: it is another one tomorrow. */
async function pinnedCode() {
  const roots = [];
  for (const corpus of await knownCorpora()) {
    // What is measured on all of it is comparable only where none is missing.
    const isForAll = corpus.id !== 'this-repository' && !corpus.isToCut && !corpus.isHeldOut;
    if (isForAll) roots.push(await corpus.folder());
  }
  return roots;
}

/**
 * @param {Corpus} corpus
 * @param {readonly string[]} benches
 */
async function measureOn(corpus, benches) {
  const fit = benches.filter(
    (each) =>
      (each !== 'versions' || corpus.older) &&
      (each === 'chunk' || !corpus.isToCut) &&
      (each === 'retrieval' || each === 'typing' || !corpus.isHeldOut),
  );
  for (const what of fit) {
    const started = performance.now();
    process.stdout.write(`${what} on ${corpus.name} … `);
    try {
      await measureOnce(corpus, what);
      process.stdout.write(`${((performance.now() - started) / 1000).toFixed(0)} s\n`);
    } catch (error) {
      process.stdout.write(`left out: ${/** @type {Error} */ (error).message}\n`);
    }
  }
}

/** @param {Corpus} corpus @param {string} what */
async function measureOnce(corpus, what) {
  const { name, id, folder, older } = corpus;
  const root = await folder();
  if (what === 'versions' && older) {
    const args = ['bench', 'complete', root, '--older', await older.folder()];
    await measure({ what, on: `${older.name} → ${name.split(' ')[1]}`, args }, `${what}/${id}`);
  } else {
    await measure({ what, on: name, args: ['bench', what, root] }, `${what}/${id}`);
  }
}
