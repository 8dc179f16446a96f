import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluationSchema } from '../../support/evaluationSchema.ts';
import { runTouchstone } from '../../support/runTouchstone.ts';

let base: string;
let workspace: string;

const evaluate = (...args: readonly string[]) =>
  runTouchstone(['eval', ...args], { env: { TOUCHSTONE_STORE_ROOT: join(base, 'stores') } });

const MODEL = 'compatible:m';
const METALS = ['silver', 'copper', 'nickel', 'cobalt', 'bronze', 'pewter'];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-eval-'));
  workspace = join(base, 'foundry');
  for (const metal of METALS) {
    const name = `melt${metal[0]?.toUpperCase() ?? ''}${metal.slice(1)}`;
    const file = join(workspace, 'src', metal, 'melt.ts');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(
      file,
      `/** Heats the crucible until all ${metal} ore in the furnace has become liquid. */
export function ${name}(furnace: Furnace, ore: Ore): Ingot {
  const crucible = furnace.crucibles.find((each) => each.metal === '${metal}');
  if (crucible === undefined) throw new Error('There is no crucible for ${metal}.');
  while (!crucible.isLiquid) crucible.heat(furnace.power);
  return crucible.pour(ore.weight);
}
`,
    );
  }
});
afterAll(() => rm(base, { recursive: true }));

describe('touchstone eval', () => {
  test('prints JSON only, in the documented form, and says on stderr when cases are few', async () => {
    const { code, out, err } = await evaluate(workspace, '--json', '--cases', '60');
    expect(code).toBe(0);
    const evaluation = evaluationSchema.parse(JSON.parse(out));
    expect(evaluation).toMatchObject({ workspace: 'foundry', files: METALS.length, seed: 1 });
    expect(evaluation.retrieval?.outcomes.map(({ source }) => source)).toEqual(
      METALS.map(() => 'doc-comment'),
    );
    expect(evaluation.completion?.outcomes.length).toBeGreaterThan(0);
    expect(evaluation.chat).toMatchObject({ model: 'built-in', runs: 1, errors: [] });
    expect(err).toContain('Only 6 questions could be made');
  });

  test('draws the same cases for the same seed', async () => {
    const run = async (seed: string) => {
      const { out } = await evaluate(
        workspace,
        '--json',
        '--suite',
        'retrieval',
        '--cases',
        '3',
        '--seed',
        seed,
      );
      return evaluationSchema
        .parse(JSON.parse(out))
        .retrieval?.outcomes.map(({ id, rank }) => ({ id, rank }));
    };
    expect(await run('7')).toEqual(await run('7'));
    expect(await run('7')).not.toEqual(await run('8'));
  });

  test('writes the report and prints the numbers', async () => {
    const report = join(base, 'report.html');
    const { code, out } = await evaluate(workspace, '--suite', 'retrieval', '--report', report);
    expect(code).toBe(0);
    expect(out).toMatch(/Right among the first 10 +\d+ %/);
    expect(out).not.toContain('Completion');
    expect(await readFile(report, 'utf8')).toMatch(/^<!doctype html>[^]*silver ore[^]*<\/html>\n$/);
  });

  test('asks about what is indexed: git leaves out what is excluded beside and above the folder', async () => {
    const repository = join(base, 'repository');
    const folder = join(repository, 'foundry');
    await cp(workspace, folder, { recursive: true });
    await mkdir(join(repository, '.git/info'), { recursive: true });
    await writeFile(join(repository, '.git/HEAD'), 'ref: refs/heads/main\n');
    await writeFile(join(repository, '.git/info/exclude'), 'silver/\n');
    await writeFile(join(repository, '.gitignore'), '/foundry/src/copper/\n');
    const { out } = await evaluate(folder, '--json', '--suite', 'retrieval');
    const { files, retrieval } = evaluationSchema.parse(JSON.parse(out));
    expect(files).toBe(METALS.length - 2);
    expect(JSON.stringify(retrieval?.outcomes)).not.toMatch(/silver|copper/);
  });

  test('copes with a folder that has nothing to ask about', async () => {
    const empty = join(base, 'empty');
    await mkdir(empty);
    const { code, out } = await evaluate(empty);
    expect(code).toBe(0);
    expect(out).toContain('No question could be made');
  });

  test.each([
    ['no folder', [], 'Name a folder'],
    ['a folder that is not there', ['/no/such/folder'], 'There is no folder'],
    ['an unknown suite', ['.', '--suite', 'speed'], '--suite takes retrieval, completion, chat, all'],
    ['no cases', ['.', '--cases', '0'], '--cases takes a whole number'],
    ['a broken seed', ['.', '--seed', 'x'], '--seed takes a whole number'],
    ['no runs', ['.', '--runs', '0'], '--runs takes a whole number'],
    ['a cache of nothing', ['.', '--cache', 'require'], '--cache needs a --model'],
    ['an unknown cache', ['.', '--model', MODEL, '--cache', 'yes'], '--cache takes record, require, off'],
    [
      'recordings for nothing',
      ['.', '--model', MODEL, '--cache', 'off', '--recordings', 'f'],
      '--recordings',
    ],
    ['a model for search', ['.', '--model', MODEL, '--suite', 'retrieval'], 'in the chat only'],
  ])('exits with 2 and a message for %s', async (_, args, message) => {
    const { code, out, err } = await evaluate(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('exits with 2 when the report cannot be written', async () => {
    const { code, err } = await evaluate(
      workspace,
      '--cases',
      '1',
      '--report',
      join(base, 'no', 'such', 'folder.html'),
    );
    expect(code).toBe(2);
    expect(err).toContain('Cannot write the report');
  });
});
