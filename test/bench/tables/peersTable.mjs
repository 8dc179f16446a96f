// @ts-check
import { MACHINE_NOTE, markdownTable, milliseconds } from './markdownTable.mjs';

/** @import { Measured } from '../measure.mjs' */
/** @import { PeerResult } from '../peers/measurePeer.mjs' */

const HEAD = [
  '',
  'first index, s',
  'peak RSS, MB',
  'on disk, MB',
  'start',
  'file saved',
  'by words, p50 / p95',
  'by vectors, p50 / p95',
  'recall@10',
  'RSS, MB',
];
/** Phase → the column that it fills first. */
const COLUMNS = { build: 1, start: 4, ask: 6, save: 5 };
const PHASE_NAMES = { build: 'first index', start: 'start', ask: 'questions', save: 'file saved' };
const NONE = '–';

/** @param {readonly Measured[]} results one for each size */
export function peersTable(results) {
  if (results.length === 0) return '';
  const bySize = results.toSorted((a, b) => a.result.ours.chunks - b.result.ours.chunks);
  return `## Beside other stores

${INTRODUCTION}

${bySize.map(sizeSection).join('\n\n')}`;
}

const INTRODUCTION = `The same workspaces as above, and in each the same chunks for everybody: those that Touchstone made of it, with
the 384 numbers that its built-in embedder gives each. Every store is used as it comes, with its own settings, in
processes of its own. Milliseconds unless said.

- First index, Touchstone: reading and cutting files, words, tokens for completion, and learning vectors; in brackets when
  words found everything. The others are handed chunks and vectors ready-made: LanceDB both, vectra and USearch vectors,
  the rest words; time for reading them is left out. USearch and LanceDB are native and work with all processors.
- Start: from the process's start, program included, to the first answer by all that the store finds by.
- File saved, Touchstone: from the changed file on disk, which it reads and cuts, until words find it; in brackets until
  its vectors do too. The others are handed the new chunks, and the time ends when these are on disk and found. MiniSearch,
  Orama, vectra and USearch write everything anew, in place: a crash meanwhile leaves half a file, and nothing waits for the disk.
- Questions: up to 200 made from the code, as many as ten seconds allow, ten hits. Touchstone makes the question's vector in that time, and looks at paths,
  names and kinds of definitions too; the others get the vector. They are not compared here by how well words find, see
  above. Recall is of the ten truly nearest; what is as near as the tenth counts.
- RSS: of the whole process after the questions. Touchstone's holds the completion model as well.
- Our sub-tokens: the words as Touchstone's search cuts them, handed over ready-made; not in the largest workspace.
- A step that takes more than three minutes, or more than 4 GB of heap, fails.`;

/** @param {Measured} measured */
function sizeSection({ result, isUnderLoad }) {
  const { ours, peers } = result;
  const failures = peers.flatMap(failureLines);
  return [
    `### ${ours.chunks} chunks, ${ours.megabytes.toFixed(0)} MB of code`,
    markdownTable(HEAD, [ourRow(ours), ...peers.map(peerRow)]),
    ...(failures.length > 0 ? [failures.join('\n')] : []),
    ...(isUnderLoad ? [`Measured on a busy machine. ${MACHINE_NOTE}`] : []),
  ].join('\n\n');
}

/** @param {any} ours */
function ourRow({ firstIndex, start, save, ask, recallAt10 }) {
  return [
    '**Touchstone**',
    `${seconds(firstIndex.elapsedMs)} (${seconds(firstIndex.wordsMs)})`,
    firstIndex.peakRssMegabytes.toFixed(0),
    firstIndex.diskMegabytes.toFixed(1),
    milliseconds(start.answeredMs),
    `${milliseconds(save.medianMs)} (${milliseconds(save.completeMs)})`,
    quantiles(ask.lexical),
    quantiles(ask.dense),
    recallAt10.toFixed(3),
    ask.rssMegabytes.toFixed(0),
  ];
}

/** @param {PeerResult} peer */
function peerRow({ name, build, start, save, ask, failed }) {
  const cells = [
    name,
    build ? seconds(build.elapsedMs) : NONE,
    build?.peakRssMegabytes.toFixed(0) ?? NONE,
    build?.diskMegabytes.toFixed(1) ?? NONE,
    start ? milliseconds(start.answeredMs) : NONE,
    save ? milliseconds(save.medianMs) : NONE,
    quantiles(ask?.words),
    quantiles(ask?.vectors),
    ask?.recallAt10?.toFixed(3) ?? NONE,
    ask?.rssMegabytes.toFixed(0) ?? NONE,
  ];
  return failed ? cells.with(COLUMNS[failed.phase], 'fails') : cells;
}

/** @param {PeerResult} peer */
function failureLines({ name, failed, save }) {
  return [
    ...(failed ? [`- ${name}, ${PHASE_NAMES[failed.phase]}: ${failed.reason}`] : []),
    ...(save?.missed > 0 ? [`- ${name}: ${save.missed} of ${save.saves} saved files were not found`] : []),
  ];
}

/** @param {{ p50Ms: number, p95Ms: number } | undefined} latency */
function quantiles(latency) {
  return latency ? `${milliseconds(latency.p50Ms)} / ${milliseconds(latency.p95Ms)}` : NONE;
}

/** @param {number} ms */
function seconds(ms) {
  return (ms / 1000).toFixed(ms < 10_000 ? 2 : 1);
}
