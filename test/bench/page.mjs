// @ts-check
import { ablationTables } from './tables/ablationTables.mjs';
import { chunkTable } from './tables/chunkTable.mjs';
import { chunkersTable } from './tables/chunkersTable.mjs';
import { completionTables } from './tables/completionTables.mjs';
import { cuttingTable } from './tables/cuttingTable.mjs';
import { peersTable } from './tables/peersTable.mjs';
import { retrievalTables } from './tables/retrievalTables.mjs';
import { scaleTable } from './tables/scaleTable.mjs';
import { indexTable, searchTable } from './tables/timingTables.mjs';
import { typingTable } from './tables/typingTable.mjs';
import { vectorTable } from './tables/vectorTable.mjs';

/** @import { Measured } from './measure.mjs' */

/**
 * The whole of docs/benchmarks.md.
 *
 * @param {readonly Measured[]} results
 */
export function renderPage(results) {
  /** @param {string} what */
  const of = (what) => results.filter((each) => each.what === what);
  return [
    '# Benchmarks',
    '<!-- Written by `npm run bench` from the files in test/bench/results; changes made here are lost. -->',
    INTRODUCTION,
    conditions(results),
    chunkTable(of('chunks')),
    retrievalTables(of('retrieval')),
    ablationTables(of('ablation'), of('chunks')),
    completionTables(of('complete'), of('versions')),
    typingTable(of('typing')),
    searchTable(of('search')),
    vectorTable(of('vectors')),
    indexTable(of('index')),
    cuttingTable(of('chunk')),
    chunkersTable(of('chunkers')),
    scaleTable(of('scale')),
    peersTable(of('peers')),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const INTRODUCTION = `Everything here comes out of \`npm run bench\`, which writes this page. Each number stands beside simple methods, or
other stores, that met the same cases in the same run: differences are what to read, as times depend on the machine.

† marks code that numbers inside Touchstone were once chosen on, so that its results are on the hopeful side. What is
not marked took no part. Nothing here uses a language model or a trained embedding.`;

/** @param {readonly Measured[]} results */
function conditions(results) {
  /** @param {(each: Measured) => string} get */
  const all = (get) => [...new Set(results.map(get))].sort().join('; ');
  const dates = results.map(({ date }) => date).sort();
  const commands = [...new Set(results.map(({ command }) => `\`${command}\``))].sort().join(', ');
  const when = [...new Set([dates[0], dates.at(-1)])].join(' to ');
  return `Measured ${when} on ${all(({ machine }) => machine)}; Node ${all(({ node }) => node.replace('v', ''))}. Commands: ${commands}.`;
}
