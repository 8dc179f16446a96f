import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/async/systemClock.ts';
import type { EvaluationProgress } from '../../../src/evals/evaluation.ts';
import { evaluateInWorker } from '../../../src/host/engine/evaluateInWorker.ts';
import { CaseChecker } from '../../../src/host/evalFiles/caseChecker.ts';
import { startWorker } from '../../../src/host/engine/startWorker.ts';
import type { WorkerLink } from '../../../src/host/engine/supervisor.ts';
import type { DiscoverySettings } from '../../../src/protocol/engine.ts';
import { type BaselineUse, placeArguments } from '../../../src/protocol/evaluation.ts';
import { buildProduct } from '../../architecture/rules/builtProduct.ts';
import { evaluationSchema } from '../../support/evaluationSchema.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { sourceText } from '../crash/sourceText.ts';
import { temporaryFolder } from '../crash/temporaryFolder.ts';

const LINK = 'test.open';
const BASELINE_OF_MODEL = JSON.stringify({
  ...{ format: 1, recipe: 'r', seed: 1, wanted: 5, model: 'openai:m', runs: 5 },
  suites: { chat: { count: 0, mean: {}, cases: {} } },
});

let bundle: string;
let root: string;
let state: string;
let removeBuild: () => void;

beforeAll(async () => {
  const product = await buildProduct();
  removeBuild = () => product.remove();
  bundle = join(product.folder, 'dist/evalWorker.js');
  root = join(product.folder, 'measured');
  state = join(product.folder, 'state');
  const random = seededRandom(7);
  mkdirSync(join(root, 'src'), { recursive: true });
  for (let file = 0; file < 40; file++) {
    writeFileSync(join(root, `src/module${file}.ts`), sourceText(random, 40));
  }
});
afterAll(() => removeBuild());

/** A worker, and whether it has ended. */
function start(file = bundle, maxHeapMb = 256): { readonly link: WorkerLink; readonly ended: () => boolean } {
  const link = startWorker({ file, name: 'evaluation', maxHeapMb });
  let ended = false;
  link.onExit(() => (ended = true));
  return { link, ended: () => ended };
}

function evaluate(
  { link }: ReturnType<typeof start>,
  options: {
    readonly folder?: string;
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: EvaluationProgress) => void;
    readonly baseline?: BaselineUse;
    readonly discovery?: DiscoverySettings;
  } = {},
) {
  const { folder = root, signal = new AbortController().signal, onProgress = () => undefined } = options;
  const { baseline, discovery } = options;
  const given = { ...(baseline && { baseline }), ...(discovery && { discovery }) };
  const request = { root: folder, state, cases: 20, isTrusted: true, linkCommand: LINK, ...given };
  return evaluateInWorker(request, {
    start: () => link,
    signal,
    onProgress,
    log: silentLogger,
    clock: systemClock,
  });
}

describe('the built evaluation worker', () => {
  it('measures what is indexed: the editor’s excludes and its largest size hold', async () => {
    const files = async (discovery: DiscoverySettings) => {
      const { json } = await evaluate(start(), { discovery });
      return evaluationSchema.parse(JSON.parse(json)).files;
    };
    expect(await files({ excludes: [{ glob: '**/module1*' }], maxFileBytes: 1e6 })).toBe(40 - 11);
    expect(await files({ excludes: [], maxFileBytes: 1 })).toBe(0);
  });

  it('reports, and has ended by then', async () => {
    const worker = start();
    const phases = new Set<string>();
    const report = await evaluate(worker, { onProgress: ({ phase }) => phases.add(phase) });
    expect(worker.ended()).toBe(true);
    const { retrieval, completion, chat } = evaluationSchema.parse(JSON.parse(report.json));
    expect(report.cases).toBe(
      retrieval!.outcomes.length + completion!.outcomes.length + chat!.outcomes.length,
    );
    expect(report.cases).toBeGreaterThan(20);
    expect(report.remarks).toEqual(
      [retrieval!.remark, completion!.remark, chat!.remark].filter((remark) => remark !== null),
    );
    expect([...phases]).toEqual([
      'reading',
      'choosing',
      'indexing',
      'asking',
      'learning',
      'completing',
      'preparing',
      'answering',
    ]);
  });

  it('keeps its scores as a baseline and compares later ones with it', async () => {
    const file = join(temporaryFolder(), 'kept', 'baseline.json');
    const saved = await evaluate(start(), { baseline: { action: 'save', file } });
    expect(saved.page).not.toContain('Against the baseline');
    const text = readFileSync(file, 'utf8');
    const same = await evaluate(start(), { baseline: { action: 'compare', file } });
    expect(same.page).toContain('Against the baseline');
    expect(same.page).toContain('no case changed');
    expect(JSON.parse(same.json)).toMatchObject({ comparison: { suites: [{}, {}, {}] } });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it.each([
    ['gone', undefined, /^Cannot read the baseline .*gone\.json/],
    ['no baseline', '{"format": 2}', /is not a baseline/],
    [
      'of a model',
      BASELINE_OF_MODEL,
      /was made with the answers of openai:m\. Compare with it on the command line/,
    ],
  ])('says so when the baseline is %s', async (_, text, message) => {
    const file = join(temporaryFolder(), 'gone.json');
    if (text !== undefined) writeFileSync(file, text);
    const baseline = { action: 'compare', file } as const;
    await expect(evaluate(start(), { baseline })).rejects.toThrow(message);
  });

  it('links every place in the page, with arguments that the command takes, and none in the file', async () => {
    const { page, html, json } = await evaluate(start());
    const links = [...page.matchAll(/<a href="([^"?]+)\?([^"]+)">/g)];
    const { retrieval, completion } = evaluationSchema.parse(JSON.parse(json));
    const places = retrieval!.outcomes.reduce((sum, { gold, hits }) => sum + gold.length + hits.length, 0);
    expect(links.length).toBeGreaterThan(places + completion!.outcomes.length);
    for (const [, target, query = ''] of links) {
      expect(target).toBe(`command:${LINK}`);
      const [path] = placeArguments.parse(JSON.parse(decodeURIComponent(query)));
      expect(path).toMatch(/^src\/module\d+\.ts$/);
    }
    expect(html).not.toContain('command:');
    expect(page).not.toMatch(/<script|<[^>]*\son\w+=/);
  });

  it('says why there is nothing to measure in an empty folder', async () => {
    const report = await evaluate(start(), { folder: temporaryFolder() });
    expect(report.cases).toBe(0);
    expect(report.remarks).toHaveLength(3);
  });

  it('rejects with the reason when the folder is gone, and ends', async () => {
    const worker = start();
    await expect(evaluate(worker, { folder: join(root, 'gone') })).rejects.toThrow(/gone/);
    expect(worker.ended()).toBe(true);
  });

  it('ends at once when cancelled, whatever it is doing', async () => {
    for (const moment of ['reading', 'indexing', 'learning']) {
      const worker = start();
      const abort = new AbortController();
      const onProgress = ({ phase }: EvaluationProgress) => phase === moment && abort.abort();
      await expect(evaluate(worker, { signal: abort.signal, onProgress })).rejects.toMatchObject({
        name: 'AbortError',
      });
      expect(worker.ended()).toBe(true);
    }
  });

  it('checks files of cases', async () => {
    const checker = new CaseChecker(() => start().link, silentLogger, systemClock);
    const text = 'chat:\n  - question: What is in module 3?\n    gold: [src/module3.ts, src/gone.ts]\n';
    const problems = await checker.check({ root, path: 'modules.eval.yaml', text });
    expect(problems.map(({ line, startColumn }) => [line, startColumn])).toEqual([[3, 27]]);
    await checker.rest();
  });

  it('is not started when cancelled before', async () => {
    const signal = AbortSignal.abort();
    const starting = () => {
      throw new Error('started');
    };
    const request = { root, state, cases: 1, isTrusted: true, linkCommand: LINK };
    const options = {
      start: starting,
      signal,
      onProgress: () => undefined,
      log: silentLogger,
      clock: systemClock,
    };
    await expect(evaluateInWorker(request, options)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('tells what to do when it runs out of memory', async () => {
    const worker = start(bundle, 6);
    await expect(evaluate(worker)).rejects.toMatchObject({
      code: 'evaluation-stopped',
      message: expect.stringContaining('ran out of memory. Open a smaller folder') as string,
    });
    expect(worker.ended()).toBe(true);
  });

  it('says that it stopped when it crashes', async () => {
    const file = join(temporaryFolder(), 'broken.js');
    writeFileSync(file, 'throw new Error("cannot start");');
    await expect(evaluate(start(file))).rejects.toMatchObject({
      code: 'evaluation-stopped',
      cause: expect.stringContaining('cannot start') as string,
    });
  });
});
