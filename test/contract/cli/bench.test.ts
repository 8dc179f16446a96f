import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GivenQuestion, GivenSave } from '../../../src/bench/peerMaterials.ts';
import type { PeersBenchResult } from '../../../src/bench/peersBench.ts';
import type { ScaleBenchResult } from '../../../src/bench/scaleBench.ts';
import type { SecretBenchResult } from '../../../src/bench/secretBench.ts';
import type { VectorBenchResult } from '../../../src/bench/vectorBench.ts';
import { runTouchstone } from '../../support/runTouchstone.ts';

const root = resolve(import.meta.dirname, '../../..');
let base: string;
let workspace: string;

/** Its temporary files go to a folder of this test's own. */
const bench = (...args: readonly string[]) => {
  const env = { TMPDIR: join(base, 'tmp'), TEMP: join(base, 'tmp'), XDG_CACHE_HOME: base };
  return runTouchstone(['bench', ...args], { env });
};

async function resultOf<T>(...args: readonly string[]): Promise<T> {
  const { code, out, err } = await bench(...args, '--json');
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out) as T;
}

const BENCHES =
  'bench takes retrieval, complete, search, index, chunk, first-index, image, start, save, load, traffic, ablation, ask, gate, peers, questions, scale, secrets, typing, vectors';

const documents = [
  {
    docId: 'gate',
    chunks: [
      { index: 0, content: 'export function openGate(visitor) {\n  journal.append(visitor);\n}\n' },
      { index: 1, content: 'export function closeGate() {\n  lock();\n}\n' },
    ],
  },
  { docId: 'bell', chunks: [{ index: 0, content: 'export function ringBell() {}\n' }] },
];
const queries = [
  { id: 'q1', query: 'How is the gate closed by closeGate?', gold: [{ docId: 'gate', chunkIndex: 1 }] },
  { id: 'q2', query: 'ring', gold: [{ docId: 'bell', chunkIndex: 0 }] },
];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-bench-test-'));
  workspace = join(base, 'workspace');
  await mkdir(join(base, 'tmp'));
  // Code of our own, with comments, names and lines enough to draw cases from.
  for (const folder of ['retrieval', 'text']) {
    await cp(join(root, 'src/core', folder), join(workspace, 'src', folder), { recursive: true });
  }
  await writeFile(join(base, 'documents.json'), JSON.stringify(documents));
  await writeFile(join(base, 'queries.jsonl'), queries.map((query) => JSON.stringify(query)).join('\n'));
});
afterAll(() => rm(base, { recursive: true }));

interface Recall {
  readonly recall: Readonly<Record<string, number>>;
}

describe('touchstone bench', () => {
  test('ranks given chunks, ours beside the baselines', async () => {
    const files = ['--documents', join(base, 'documents.json'), '--queries', join(base, 'queries.jsonl')];
    const result = await resultOf<{ n: number; ours: Recall; baselines: Record<string, Recall> }>(
      'retrieval',
      ...files,
    );
    expect(result.n).toBe(2);
    expect(result.ours.recall).toEqual({ '@5': 1, '@10': 1, '@20': 1 });
    expect(result.baselines['sub-token-bm25']?.recall['@5']).toBe(1);
    // Neither knows that `ring` is a part of `ringBell`.
    expect(result.baselines['whole-word-bm25']?.recall['@5']).toBe(0.5);
    expect(result.baselines['fts5']?.recall['@5']).toBe(0.5);
  });

  test('asks a folder about itself, the same for the same seed', async () => {
    const ask = () =>
      resultOf<{
        kinds: Record<string, { n: number; ours: { mrr: number }; baselines: object; versus: object }>;
      }>('retrieval', workspace, '--cases', '20');
    const first = await ask();
    const docComments = first.kinds['doc-comment'];
    expect(docComments?.n).toBe(20);
    expect(docComments?.ours.mrr).toBeGreaterThan(0);
    expect(Object.keys(docComments?.versus ?? {})).toEqual(['sub-token-bm25', 'whole-word-bm25', 'fts5']);
    expect(await ask()).toEqual(first);
  });

  test('cuts a folder, with more whole constructs than windows of lines', async () => {
    interface Cut {
      readonly chunks: number;
      readonly keptWhole: number;
      readonly megabytesPerSecond: number;
    }
    const { languages } = await resultOf<{
      languages: Record<string, { constructs: number; ours: Cut; baselines: Record<string, Cut> }>;
    }>('chunk', workspace);
    const typeScript = languages['TypeScript'];
    expect(typeScript?.constructs).toBeGreaterThan(100);
    expect(Object.keys(typeScript?.baselines ?? {})).toEqual(['indentation', 'lineWindows']);
    expect(typeScript?.ours.keptWhole).toBeGreaterThan(typeScript?.baselines['lineWindows']?.keptWhole ?? 1);
    expect(typeScript?.ours.megabytesPerSecond).toBeGreaterThan(0);
  });

  test('types hidden code beside plain methods, and fits a gate that types as well', async () => {
    type Scores = Readonly<
      Record<string, { readonly tasks: number; readonly saved: number; readonly wrong: number }>
    >;
    const typed = await resultOf<{
      ours: Scores;
      baselines: Record<string, Scores>;
      languages: Record<string, Scores>;
    }>(...['typing', workspace, '--cases', '8']);
    expect(Object.keys(typed.ours)).toEqual(['inside', 'appended', 'function']);
    expect(typed.ours['inside']).toMatchObject({ tasks: 8 });
    expect(typed.ours['inside']!.saved).toBeGreaterThan(typed.baselines['longest-match']!['inside']!.saved);
    expect(Object.keys(typed.languages)).toEqual(['TypeScript']);

    const { crossValidated, weights } = await resultOf<{
      crossValidated: Record<string, Scores>;
      weights: Record<string, { hidden: readonly { weights: readonly number[] }[] }>;
    }>('gate', join(workspace, 'src/retrieval'), join(workspace, 'src/text'), '--cases', '4');
    expect(Object.keys(crossValidated)).toEqual(['workspace', 'alone', 'closing']);
    expect(weights['part']?.hidden.map((unit) => unit.weights.length)).toEqual(Array(24).fill(23));
    expect(weights['line']?.hidden.map((unit) => unit.weights.length)).toEqual(Array(16).fill(25));
  });

  test('completes lines, and every method has its curve and times', async () => {
    interface Scores {
      readonly points: readonly { readonly shown: number }[];
      readonly latency: Readonly<Record<string, number>>;
    }
    const { n, ours, baselines } = await resultOf<{
      n: number;
      ours: Scores;
      baselines: Record<string, Scores>;
    }>('complete', workspace, '--cases', '40', '--seed', '3');
    expect(n).toBeGreaterThanOrEqual(36);
    expect(Object.keys(baselines)).toEqual(['longest-match', 'same-file', 'nearest-word']);
    for (const { points, latency } of [ours, ...Object.values(baselines)]) {
      const shown = points.map((point) => point.shown);
      expect(shown).toEqual(shown.toSorted((a, b) => b - a));
      expect(latency['p50Ms']).toBeLessThanOrEqual(latency['p99Ms'] ?? 0);
    }
  });

  test('completes the lines that a folder added since an older version', async () => {
    const older = join(base, 'older');
    await cp(join(workspace, 'src/text'), join(older, 'src/text'), { recursive: true });
    const { n, files } = await resultOf<{ n: number; files: number }>(
      'complete',
      workspace,
      '--older',
      older,
    );
    expect(n).toBeGreaterThan(0);
    expect(files).toBe((await readdir(join(older, 'src/text'))).length);
  });

  test.each(['search', 'index'])('%s measures beside FTS5 and leaves nothing behind', async (what) => {
    const result = await resultOf<{ chunks: number; ours: object; baselines: object }>(what, workspace);
    expect(result.chunks).toBeGreaterThan(0);
    expect(Object.keys(result.baselines)).toEqual(['fts5']);
    expect(await readdir(join(base, 'tmp'))).toEqual([]);
  });

  test('measures workspaces of several sizes, each part in a process of its own', async () => {
    const { sizes } = await resultOf<ScaleBenchResult>(
      'scale',
      workspace,
      '--chunks',
      '40,all',
      '--cases',
      '8',
    );
    expect(sizes.map(({ asked }) => asked)).toEqual([40, 'all']);
    for (const { chunks, firstIndex, image, start, save, load } of sizes) {
      expect(chunks).toBeGreaterThanOrEqual(35);
      expect(firstIndex.wordsMs).toBeLessThanOrEqual(firstIndex.elapsedMs);
      expect(firstIndex.peakRssMegabytes).toBeGreaterThanOrEqual(firstIndex.rssAfterMegabytes);
      expect(firstIndex.diskMegabytes).toBeGreaterThan(0);
      // These indexes are too small for an image of memory.
      expect(image.megabytes).toBe(0);
      expect(image.builtMs).toBeGreaterThan(0);
      expect(start.openMs).toBeLessThan(start.answeredMs);
      expect(save.saves).toBe(8);
      expect(load.n.idle).toBe(8);
      expect(load.n.indexing).toBeGreaterThan(0);
      for (const { p50Ms, p99Ms } of [...Object.values(load.idle), ...Object.values(load.indexing)]) {
        expect(p50Ms).toBeGreaterThan(0);
        expect(p50Ms).toBeLessThanOrEqual(p99Ms);
      }
      expect(load.baselines.fts5.search.p50Ms).toBeGreaterThan(0);
    }
    expect(sizes[1]?.files).toBeGreaterThan(sizes[0]?.files ?? Infinity);
    expect(await readdir(join(base, 'tmp'))).toEqual([]);
  });

  test('leaves other stores what it measured itself on', async () => {
    const store = join(base, 'peers');
    const args = ['--chunks', '560', '--store', store, '--cases', '30'];
    const result = await resultOf<PeersBenchResult>('peers', workspace, ...args);
    const { given, dims, ask, recallAt10, save } = result;
    const read = async (name: string) => readFile(join(store, 'given', name), 'utf8');
    const bytes = async (name: string) => (await stat(join(store, 'given', name))).size;
    const lines = (await read('chunks.jsonl')).trimEnd().split('\n');
    expect(lines).toHaveLength(given);
    expect(await bytes('vectors.f32')).toBe(given * dims * 4);
    const questions = JSON.parse(await read('questions.json')) as readonly GivenQuestion[];
    expect(questions.every(({ text, words, least }) => text !== '' && words !== '' && least > 0)).toBe(true);
    expect(await bytes('questions.f32')).toBe(questions.length * dims * 4);
    expect(ask.n).toBe(questions.length);
    expect(recallAt10).toBe(1);
    const [first] = JSON.parse(await read('saves.json')) as readonly GivenSave[];
    const last = first?.chunks.at(-1);
    expect(last?.text).toContain(first?.word.text);
    expect(last?.words.split(' ')).toContain(first?.word.words);
    const before = JSON.parse(lines[last?.id ?? -1] ?? '{}') as { text?: string };
    expect(last?.text).toBe(`${before.text ?? ''}\n${first?.word.text ?? ''}\n`);
    expect(save.completeMs).toBeGreaterThanOrEqual(save.medianMs);
  });

  test.each([
    [['dancing', '.'], `${BENCHES}, not 'dancing'.`],
    [[], `${BENCHES}, not ''.`],
    [['retrieval'], 'Name a folder'],
    [['retrieval', '--documents', 'no-such.json'], '--documents goes with'],
    [['retrieval', '--documents', 'no-such.json', '--queries', 'q'], 'Cannot read no-such.json'],
    [['scale', '.', '--chunks', 'many'], '--chunks takes a whole number'],
    [['scale'], 'Name a folder'],
    [['peers', '.', '--chunks', '10'], 'needs --store'],
    [['peers', '.', '--chunks', '10,20', '--store', 'no-such-folder'], 'one number of chunks'],
    [['ask', '.', '--store', 'no-such-folder'], 'needs --queries'],
    [['complete', '.', '--cases', 'all'], '--cases takes a whole number'],
    [['complete', '.', '--older', 'no-such-folder'], 'There is no folder at'],
  ])('%j is a usage error', async (args, message) => {
    const { code, out, err } = await bench(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});

describe('touchstone bench secrets', () => {
  test('counts what would be masked, and says where it stands', async () => {
    const root = join(base, 'secrets');
    await mkdir(root);
    await writeFile(join(root, 'open.ts'), 'export const a = 1;\nlogin({ password: "Tulip-harbor-7" });\n');
    await writeFile(join(root, 'notes.md'), '# How to open it\n\nAsk for the password.\n');
    const result = await resultOf<SecretBenchResult>('secrets', root);
    expect(result).toMatchObject({ files: 2, lines: 7, masks: 1 });
    expect(result.byExtension['.ts']).toMatchObject({ files: 1, masks: 1 });
    expect(result.masked).toEqual(['open.ts:2: login({ password: "Tulip-harbor-7" });']);
  });
});

describe('touchstone bench vectors', () => {
  test('finds what an exact scan finds, and measures it beside that and stock vectra', async () => {
    const args = ['vectors', '--items', '3000', '--dims', '48', '--seed', '7'];
    const { ours, baselines, ...result } = await resultOf<VectorBenchResult>(...args);
    expect(result).toMatchObject({ items: 3000, dims: 48, seed: 7, n: 200, recallAt20: 1 });
    expect(ours.lookUps).toBeGreaterThanOrEqual(20);
    expect(ours.lookUps).toBeLessThan(300);
    const positive = [
      ours.loadMs,
      ours.query.p50Ms,
      baselines.plainScan.p50Ms,
      baselines.vectra.query.p50Ms,
      result.floor.gigabytesPerSecond,
    ];
    for (const value of positive) expect(value).toBeGreaterThan(0);
    expect(result.ratio.medians.plainScan).toBeCloseTo(baselines.plainScan.p50Ms / ours.query.p50Ms, 10);
    expect(ours.query.fastestMs).toBeLessThanOrEqual(ours.query.p50Ms);
    expect(await readdir(join(base, 'tmp'))).toEqual([]);
  });

  test.each([
    ['--items', '0'],
    ['--dims', 'many'],
  ])('refuses %s %s', async (name, value) => {
    const { code, err } = await bench('vectors', name, value);
    expect(code).toBe(2);
    expect(err).toContain(`${name} takes a whole number of at least 1, not '${value}'.`);
  });
});
