import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { baselineSchema, type Baseline } from '../../../src/evals/baseline/baseline.ts';
import { formatBaseline } from '../../../src/evals/baseline/formatBaseline.ts';
import { evaluationSchema } from '../../support/evaluationSchema.ts';
import { runTouchstone } from '../../support/runTouchstone.ts';

let base: string;
let workspace: string;
let made: Baseline;

const evaluate = (...args: readonly string[]) =>
  runTouchstone(['eval', ...args], { env: { TOUCHSTONE_STORE_ROOT: join(base, 'stores') } });

const METALS = 'silver copper nickel cobalt bronze pewter iron zinc lead tin gold brass'.split(' ');

function sourceOf(metal: string): string {
  return `/** Heats the crucible until all ${metal} ore in the furnace has become liquid. */
export function melt${metal[0]?.toUpperCase() ?? ''}${metal.slice(1)}(furnace: Furnace, ore: Ore): Ingot {
  const crucible = furnace.crucibles.find((each) => each.metal === '${metal}');
  while (!crucible.isLiquid) crucible.heat(furnace.power);
  return crucible.pour(ore.weight);
}
`;
}

async function writeWorkspace(folder: string, metals: readonly string[]): Promise<void> {
  for (const metal of metals) {
    const file = join(folder, 'src', metal, `${metal}.ts`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, sourceOf(metal));
  }
}

/** A file of the baseline made in the beginning, with something about it changed. */
async function baselineFile(name: string, change: (baseline: Baseline) => unknown = (same) => same) {
  const file = join(base, name);
  await writeFile(file, JSON.stringify(change(made)));
  return file;
}

/** The baseline if every question had got this score. */
function scoredAs(score: number) {
  return (baseline: Baseline): Baseline => {
    const { retrieval } = baseline.suites;
    const scores = { 'hit@10': score, 'mrr@10': score, 'line-f1@10': score, 'clean-cuts@10': score };
    const cases = Object.fromEntries(Object.keys(retrieval?.cases ?? {}).map((id) => [id, scores]));
    return { ...baseline, suites: { retrieval: { count: retrieval?.count ?? 0, mean: scores, cases } } };
  };
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-baseline-'));
  workspace = join(base, 'foundry');
  await writeWorkspace(workspace, METALS);
  const file = join(base, 'made.json');
  const run = await evaluate(
    workspace,
    ...['--suite', 'retrieval', '--cases', '30', '--seed', '3'],
    ...['--baseline', file, '--update-baseline'],
  );
  expect(run).toMatchObject({ code: 0, err: expect.stringContaining('The baseline is in') as string });
  made = baselineSchema.parse(JSON.parse(await readFile(file, 'utf8')));
});
afterAll(() => rm(base, { recursive: true }));

describe('touchstone eval --update-baseline', () => {
  test('writes a file with a line for each case and leaves nothing else behind', async () => {
    expect(made).toMatchObject({ seed: 3, wanted: 30, suites: { retrieval: { count: METALS.length } } });
    expect(await readFile(join(base, 'made.json'), 'utf8')).toBe(formatBaseline(made));
    expect((await readdir(base)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('keeps what the replaced baseline was made with', async () => {
    const file = await baselineFile('replaced.json', scoredAs(0));
    expect((await evaluate(workspace, '--baseline', file, '--update-baseline')).code).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(formatBaseline(made));
  });

  test('replaces a file that is no baseline', async () => {
    const file = join(base, 'broken.json');
    await writeFile(file, '<<<<<<< ours');
    const options = ['--suite', 'retrieval', '--cases', '5'];
    expect((await evaluate(workspace, ...options, '--baseline', file, '--update-baseline')).code).toBe(0);
    expect(baselineSchema.parse(JSON.parse(await readFile(file, 'utf8')))).toMatchObject({ wanted: 5 });
  });
});

describe('touchstone eval --baseline', () => {
  test('passes on the same files, in CI too, and never writes the baseline', async () => {
    const file = await baselineFile('same.json');
    const text = await readFile(file, 'utf8');
    const { code, out } = await evaluate(workspace, '--baseline', file, '--ci');
    expect(code).toBe(0);
    expect(out).toContain('Against the baseline');
    expect(out).toContain('no case changed');
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('fails on what is visibly worse, after writing every report', async () => {
    // No hit has exactly the lines of the definition, so a baseline of nothing but full marks cannot be met.
    const file = await baselineFile('higher.json', scoredAs(1));
    const [junit, report] = [join(base, 'out.xml'), join(base, 'out.html')];
    const run = await evaluate(workspace, '--baseline', file, '--junit', junit, '--report', report);
    expect(run.code).toBe(1);
    expect(run.out).toMatch(/worse by \d+\.\d points \(95 % interval −/);
    expect(run.out).toMatch(/line-f1@10 1 → 0/);
    expect(run.err).toContain('“Lines of the best hit (line F1)” is visibly worse than the baseline');
    expect(run.err).toContain('--update-baseline');
    expect(await readFile(junit, 'utf8')).toMatch(/<testsuite name="retrieval" tests="12" failures="[1-9]/);
    expect(await readFile(report, 'utf8')).toContain('Cases that got worse');
  });

  test('fails on an improvement that nobody reviewed in CI only', async () => {
    const file = await baselineFile('lower.json', scoredAs(0));
    const relaxed = await evaluate(workspace, '--baseline', file);
    expect(relaxed.code).toBe(0);
    expect(relaxed.out).toContain('better by');
    const { code, err } = await evaluate(workspace, '--baseline', file, '--ci');
    expect(code).toBe(1);
    expect(err).toContain('visibly better');
  });

  test('fails on vanished and new cases in CI only', async () => {
    const folder = join(base, 'moved');
    await writeWorkspace(folder, [...METALS.slice(1), 'steel']);
    const file = await baselineFile('moved.json');
    expect((await evaluate(folder, '--baseline', file)).code).toBe(0);
    const { code, err } = await evaluate(folder, '--baseline', file, '--ci');
    expect(code).toBe(1);
    expect(err).toContain('1 case of the baseline vanished');
    expect(err).toContain('1 new case not in the baseline');
  });

  test('adds the comparison to what --json prints', async () => {
    const { out } = await evaluate(workspace, '--baseline', await baselineFile('json.json'), '--json');
    const value: unknown = JSON.parse(out);
    expect(evaluationSchema.parse(value).seed).toBe(3);
    const { comparison } = z.object({ comparison: z.object({ suites: z.array(z.unknown()) }) }).parse(value);
    expect(comparison.suites).toHaveLength(1);
  });

  test.each([
    ['another seed', ['--seed', '4'], 'made with seed 3, not seed 4'],
    ['another number of cases', ['--cases', '31'], 'made with 30 cases, not 31 cases'],
    [
      'other suites',
      ['--suite', 'all'],
      'made with suites retrieval, not suites retrieval and completion and chat',
    ],
    ['writing in CI', ['--ci', '--update-baseline'], '--ci only checks'],
  ])('exits with 2 and a message for %s', async (_, options, message) => {
    const { code, out, err } = await evaluate(workspace, '--baseline', join(base, 'made.json'), ...options);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test.each([
    ['no file', undefined, 'Cannot read the baseline'],
    ['no JSON', '<<<<<<< ours', 'is not JSON'],
    ['another form', '{"format": 2}', 'is not a baseline'],
  ])('exits with 2, naming file and remedy, for %s', async (_, text, message) => {
    const file = join(base, 'odd.json');
    if (text === undefined) await rm(file, { force: true });
    else await writeFile(file, text);
    const { code, err } = await evaluate(workspace, '--baseline', file);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain(file);
    expect(err).toContain('--update-baseline');
  });

  test('exits with 2 for --ci or --update-baseline without a file', async () => {
    for (const option of ['--ci', '--update-baseline']) {
      const { code, err } = await evaluate(workspace, option);
      expect(code).toBe(2);
      expect(err).toContain(`${option} needs --baseline`);
    }
  });
});
