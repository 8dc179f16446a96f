import type { Arguments, Command } from '../cli/arguments.ts';
import { ablationBench } from './ablationBench.ts';
import { askBench } from './askBench.ts';
import { benchOptions, type BenchOptions } from './benchOptions.ts';
import { chunkBench } from './chunkBench.ts';
import { chunkRetrievalBench } from './chunkRetrievalBench.ts';
import { completionBench } from './completionBench.ts';
import { folderRetrievalBench } from './folderRetrievalBench.ts';
import { firstIndexBench, imageBench, startBench } from './startBench.ts';
import { gateBench } from './gateBench.ts';
import { indexBench } from './indexBench.ts';
import { loadBench } from './loadBench.ts';
import { peersBench } from './peersBench.ts';
import { questionsBench } from './questionsBench.ts';
import { saveBench } from './saveBench.ts';
import { scaleBench, scaledSizes } from './scaleBench.ts';
import { searchBench } from './searchBench.ts';
import { secretBench } from './secretBench.ts';
import { trafficBench } from './trafficBench.ts';
import { typingBench } from './typingBench.ts';
import { vectorBench } from './vectorBench.ts';
import { folderOf } from '../cli/session.ts';
import { UsageError } from '../cli/usageError.ts';

const FOLDER_BENCHES = new Map<string, (root: string, options: BenchOptions) => Promise<object>>([
  ['retrieval', folderRetrievalBench],
  ['complete', completionBench],
  ['search', searchBench],
  ['index', indexBench],
  ['chunk', chunkBench],
  ['first-index', firstIndexBench],
  ['image', imageBench],
  ['start', startBench],
  ['save', saveBench],
  ['load', loadBench],
  ['traffic', trafficBench],
]);

/** `touchstone bench <what> <folder>`: measures beside simple methods in the same run. Leaves no store behind. */
export const benchCommand: Command = async (args, output, signal) => {
  const result = await measured(args, await benchOptions(args, output, signal));
  if (output.json) output.value(result);
  else output.line(JSON.stringify(result, rounded, 2));
};

async function measured(args: Arguments, options: BenchOptions): Promise<object> {
  const [what, folder] = args.positionals;
  const { documents, queries } = args;
  if (what === 'vectors') return vectorBench(args, options.signal);
  if (what === 'scale') return scaleOf(args, options);
  if (what === 'secrets') return secretBench(await rootsOf(args), options);
  if (what === 'peers') return peersOf(args, options);
  if (what === 'ask') return askBench(await folderOf(folder), required('--queries', queries), options);
  if (what === 'questions') return questionsOf(args, options);
  if (what === 'typing') return typingBench(await rootsOf(args), options);
  if (what === 'gate') return gateBench(await rootsOf(args), options);
  if (what === 'ablation') return ablationBench(await rootsOf(args), options);
  if (documents === undefined) return benchOf(what)(await folderOf(folder), options);
  if (what !== 'retrieval' || queries === undefined) {
    throw new UsageError('--documents goes with: touchstone bench retrieval --documents D --queries Q');
  }
  return chunkRetrievalBench({ documents, queries }, options);
}

async function scaleOf(args: Arguments, options: BenchOptions): Promise<object> {
  return scaleBench(await rootsOf(args), scaledSizes(args.chunks), options);
}

async function questionsOf(
  { positionals, queries, repos }: Arguments,
  options: BenchOptions,
): Promise<object> {
  const questions = required('--queries', queries);
  const repositories = required('--repos', repos);
  return questionsBench(await folderOf(positionals[1]), { questions, repositories }, options);
}

async function peersOf(args: Arguments, options: BenchOptions): Promise<object> {
  const [size = 'all', ...others] = scaledSizes(required('--chunks', args.chunks));
  if (others.length > 0) throw new UsageError('bench peers takes one number of chunks at a time.');
  return peersBench(await rootsOf(args), size, { ...options, store: required('--store', options.store) });
}

function required(name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new UsageError(`This benchmark needs ${name}; see 'touchstone help'.`);
}

/** The one or more folders after the benchmark's name. */
function rootsOf({ positionals: [, first, ...others] }: Arguments): Promise<readonly string[]> {
  return Promise.all([folderOf(first), ...others.map(folderOf)]);
}

function benchOf(what: string | undefined) {
  const bench = FOLDER_BENCHES.get(what ?? '');
  if (bench) return bench;
  throw new UsageError(
    `bench takes ${[...FOLDER_BENCHES.keys()].join(', ')}, ablation, ask, gate, peers, questions, scale, secrets, typing, vectors, not '${what ?? ''}'.`,
  );
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
