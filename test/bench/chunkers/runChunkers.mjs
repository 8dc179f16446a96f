// @ts-check
// Cuts a sample of a folder's files with our chunker and with those of others, and prints what came of it as JSON.
//
//   node runChunkers.mjs <folder> <id>=<bundle>…
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { processorTimed } from '../../../src/bench/chunkBench.ts';
import { languageOf } from '../../../src/evals/languages.ts';
import { openChunker } from '../../../src/engine/workspace/openChunker.ts';
import { openSyntaxParser } from '../../../src/engine/workspace/openSyntaxParser.ts';
import { readFolder } from '../../../src/engine/workspace/readFolder.ts';
import { CHUNKERS } from './chunkers.mjs';
import { judge } from './judge.mjs';

/** @import { Cut } from './chunker.mjs' */
/** @import { SourceFile } from '../../../src/evals/sourceFile.ts' */

/** Of each language; others are slow. */
const SAMPLE_CHARS = 500_000;
/** Less says nothing of a language. */
const MIN_CHARS = 100_000;

const log = { debug() {}, info() {}, warn: console.error, error: console.error };
const require = createRequire(import.meta.url);

const [root = '', ...bundles] = process.argv.slice(2);
const parser = await openSyntaxParser(log);
if (!parser) throw new Error('The parser cannot be loaded, so there is no judge.');
const { files } = await readFolder(root, new AbortController().signal);
const sources = Map.groupBy(files, ({ path }) => languageOf(path)?.name ?? '');
sources.delete('');
const chunkers = await openChunkers();
/** @type {Record<string, object>} */
const languages = {};
for (const [language, all] of sources) {
  if (charsOf(all) < MIN_CHARS) continue;
  const sample = sampleOf(all);
  /** @type {Record<string, object>} */
  const cuts = {};
  for (const [id, cut] of chunkers) {
    const result = await measure(sample, cut);
    if (result) cuts[id] = result;
  }
  if (Object.keys(cuts).length > 1) languages[language] = { megabytes: charsOf(sample) / 1e6, cuts };
}
process.stdout.write(JSON.stringify({ languages }));

/** @returns {Promise<ReadonlyMap<string, Cut>>} */
async function openChunkers() {
  const ours = await openChunker(log);
  /** @type {Map<string, Cut>} */
  const opened = new Map([['touchstone', async (path, text) => ours.chunk(path, text).map(withText(text))]]);
  for (const [id, bundle] of bundles.map((each) => each.split('='))) {
    const chunker = CHUNKERS.find((each) => each.id === id);
    if (id !== undefined && chunker) opened.set(id, chunker.open(require(bundle ?? '')));
  }
  return opened;
}

/** @param {string} text */
function withText(text) {
  /** @param {import('../../../src/core/ports/chunker.ts').ChunkSpan} span */
  return ({ startLine, endLine, startOffset, endOffset }) => {
    return { startLine, endLine, text: text.slice(startOffset, endOffset) };
  };
}

/** Files from all over the folder. @param {readonly SourceFile[]} all */
function sampleOf(all) {
  const step = Math.max(1, Math.ceil(charsOf(all) / SAMPLE_CHARS));
  return all.toSorted((a, b) => (a.path < b.path ? -1 : 1)).filter((_, at) => at % step === 0);
}

/**
 * `undefined` for chunkers that do not know the language.
 *
 * @param {readonly SourceFile[]} sample
 * @param {Cut} cut
 */
async function measure(sample, cut) {
  // Loads the grammar, lets the compilers see the code once, and tells which endings are known.
  const first = await cutAll(sample, cut);
  const endings = new Set(sample.filter((_, at) => first[at]?.length).map(({ path }) => extname(path)));
  const known = sample.filter(({ path }) => endings.has(extname(path)));
  if (known.length === 0) return undefined;
  const [pieces, seconds] = await processorTimed(() => cutAll(known, cut));
  const verdict = judge(
    known.map(({ path, text }, at) => ({ path, text, pieces: pieces[at] ?? [] })),
    (path, text, fits) => parser?.constructs(path, text, fits) ?? [],
  );
  return { megabytesPerSecond: charsOf(known) / 1e6 / seconds, files: known.length, ...verdict };
}

/** @param {readonly SourceFile[]} sample @param {Cut} cut */
async function cutAll(sample, cut) {
  const pieces = [];
  for (const { path, text } of sample) pieces.push(await cut(path, text));
  return pieces;
}

/** @param {readonly SourceFile[]} some */
function charsOf(some) {
  return some.reduce((sum, { text }) => sum + text.length, 0);
}
