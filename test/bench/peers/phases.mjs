// @ts-check
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { median, quantile } from './quantile.mjs';
import { HITS } from './store.mjs';

/** @import { Given } from './given.mjs' */
/** @import { Peer, Place, Store } from './store.mjs' */

const BATCH = 2000;
const WARM_UP = 20;
/** A store that is slow is asked less often, and gets fewer files. */
const MAX_MS = 10_000;
const WARM_UP_MS = 3000;
/** Freed memory goes back to the system a moment after it is free. */
const SETTLING_MS = 1000;
/** How much sums of the same products may differ by the order in which they are added. */
const ROUNDING = 1e-5;
const MEGABYTE = 1e6;

/**
 * What is measured of a store, each in a process of its own, in this order.
 *
 * @type {Readonly<Record<string, (peer: Peer, place: Place, given: Given, settled?: () => Promise<unknown>) => Promise<object>>>}
 */
export const PHASES = { build, start, ask, save };

/** Everything added and saved. Reading what to add takes no part. @param {Peer} peer @param {Place} place @param {Given} given */
async function build(peer, place, given) {
  const store = await peer.create(place);
  let elapsedMs = 0;
  for await (const batch of given.batches(BATCH)) elapsedMs += await timed(() => store.add(batch));
  elapsedMs += await timed(() => store.save());
  const peakRssMegabytes = (process.resourceUsage().maxRSS * 1024) / MEGABYTE;
  return { elapsedMs, peakRssMegabytes, diskMegabytes: (await bytesIn(place.folder)) / MEGABYTE };
}

/** From the start of this process to the first answer. @param {Peer} peer @param {Place} place @param {Given} given */
async function start(peer, place, given) {
  const [question] = await given.questions();
  if (!question) throw new Error('There are no questions.');
  const store = await peer.open(place);
  await store.byWords?.(question);
  await store.byVector?.(question.vector);
  return { answeredMs: performance.now() };
}

/**
 * Every question once, as far as time allows.
 *
 * @param {Peer} peer
 * @param {Place} place
 * @param {Given} given
 * @param {() => Promise<unknown>} [settled]
 */
async function ask(peer, place, given, settled = () => setTimeout(SETTLING_MS)) {
  const questions = await given.questions();
  const store = await peer.open(place);
  await askAll(store, questions.slice(0, WARM_UP), WARM_UP_MS);
  const asked = await askAll(store, questions, MAX_MS);
  await settled();
  const rssMegabytes = process.memoryUsage.rss() / MEGABYTE;
  return {
    n: asked.length,
    ...(store.byWords && { words: latencyOf(asked.map(({ wordsMs }) => wordsMs)) }),
    ...(store.byVector && {
      vectors: latencyOf(asked.map(({ vectorsMs }) => vectorsMs)),
      recallAt10: await recallOf(asked, given),
    }),
    rssMegabytes,
  };
}

/**
 * @typedef {object} Asked
 * @property {{ vector: Float32Array, least: number }} question
 * @property {number} wordsMs
 * @property {number} vectorsMs
 * @property {readonly number[]} nearest
 */

/**
 * One question after the other, at least one.
 *
 * @param {Store} store
 * @param {Awaited<ReturnType<Given['questions']>>} questions
 * @param {number} mostMs
 */
async function askAll(store, questions, mostMs) {
  const started = performance.now();
  /** @type {Asked[]} */
  const asked = [];
  for (const question of questions) {
    if (asked.length > 0 && performance.now() - started > mostMs) break;
    const wordsMs = await timed(() => store.byWords?.(question));
    let nearest = /** @type {readonly number[]} */ ([]);
    const vectorsMs = await timed(async () => (nearest = (await store.byVector?.(question.vector)) ?? []));
    asked.push({ question, wordsMs, vectorsMs, nearest });
  }
  return asked;
}

/** Files replaced one after the other, and how many were not found then. @param {Peer} peer @param {Place} place @param {Given} given */
async function save(peer, place, given) {
  const saves = await given.saves();
  const store = await peer.open(place);
  const times = [];
  let missed = 0;
  const started = performance.now();
  for (const { word, chunks } of saves) {
    const last = chunks.at(-1);
    if (!last || (times.length > 0 && performance.now() - started > MAX_MS)) break;
    const elapsedMs = await timed(async () => {
      await store.replace(chunks);
      if (!(await finds(store, word, last))) missed++;
    });
    times.push(elapsedMs);
  }
  return { saves: times.length, missed, medianMs: median(times), slowestMs: Math.max(...times) };
}

/** @param {Store} store @param {{ text: string, words: string }} word @param {{ id: number, vector: Float32Array }} chunk */
async function finds(store, word, { id, vector }) {
  const hits = [await store.byWords?.(word), await store.byVector?.(vector)];
  return hits.every((ids) => ids?.includes(id) ?? true);
}

/**
 * Share of the nearest chunks that were found; one that is as near as the last of them counts.
 *
 * @param {readonly Asked[]} asked
 * @param {Given} given
 */
function recallOf(asked, given) {
  return given.withRows(async (row) => {
    let found = 0;
    for (const { question, nearest } of asked) {
      for (const id of nearest)
        if (product(question.vector, await row(id)) >= question.least - ROUNDING) found++;
    }
    return found / (HITS * asked.length);
  });
}

/** @param {Float32Array} a @param {Float32Array} b */
function product(a, b) {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

/** @param {readonly number[]} times */
function latencyOf(times) {
  return { p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) };
}

/** @param {() => unknown} work */
async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** @param {string} folder */
async function bytesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => stat(join(parentPath, name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
