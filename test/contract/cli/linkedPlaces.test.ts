import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runTouchstone } from '../../support/runTouchstone.ts';
import { snapshotOf } from '../../support/snapshotOf.ts';

/** A checkout whose author has put links into it, and what lies beside it. */
let base: string;
let checkout: string;
let victim: string;
let before: ReturnType<typeof snapshotOf>;

const EVAL = ['eval', '.', '--suite', 'retrieval', '--cases', '1'];
const CHAT = [
  ...['eval', '.', '--suite', 'chat', '--cases', '1'],
  ...['--model', 'compatible:m', '--base-url', 'http://127.0.0.1:1/v1'],
];

const touchstone = (...args: readonly string[]) =>
  runTouchstone(args, { cwd: checkout, env: { TOUCHSTONE_STORE_ROOT: join(base, 'stores') } });

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'touchstone-linked-')));
  checkout = join(base, 'checkout');
  victim = join(base, 'victim');
  mkdirSync(checkout);
  mkdirSync(victim);
  writeFileSync(join(checkout, 'gate.ts'), 'export function openGate(): void {}\n');
  for (const name of ['letter.txt', 'photo.seg', 'manifest.sqlite'])
    writeFileSync(join(victim, name), 'mine');
  before = snapshotOf(victim);
});
afterEach(() => {
  expect(snapshotOf(victim)).toEqual(before);
  rmSync(base, { recursive: true });
});

describe.skipIf(process.platform === 'win32')('links that the author of a checkout has put', () => {
  test('attack: into a store that is kept there keep it from being used', async () => {
    expect((await touchstone('index', '.', '--store', '.touchstone')).code).toBe(0);
    for (const name of ['segments', 'vectors', 'bases', 'evaluations']) {
      const place = join(checkout, '.touchstone', name);
      rmSync(place, { recursive: true, force: true });
      symlinkSync(victim, place);
      const { code, err } = await touchstone('index', '.', '--store', '.touchstone');
      expect(code).toBe(1);
      expect(err).toContain(`${place} is a link`);
      expect(err).toContain('keep the data somewhere else');
      rmSync(place);
    }
  });

  test.each([
    ['the whole store', '.touchstone', '.touchstone'],
    ['a folder around the store', 'cache', 'cache/new'],
  ])('attack: in the place of %s', async (_, link, store) => {
    symlinkSync(victim, join(checkout, link));
    for (const args of [
      ['index', '.'],
      ['search', '.', 'gate'],
      ['search', '.', 'gate', '--no-index'],
    ]) {
      const { code, err } = await touchstone(...args, '--store', store);
      expect(code).toBe(1);
      expect(err).toContain(`${join(checkout, link)} is a link`);
    }
  });

  test('of the user, to where they keep their caches, are followed', async () => {
    mkdirSync(join(base, 'disk'));
    symlinkSync(join(base, 'disk'), join(base, 'stores'));
    expect((await touchstone('index', '.')).code).toBe(0);
    expect(existsSync(join(base, 'disk'))).toBe(true);
  });

  test('attack: in the place of what an evaluation writes', async () => {
    symlinkSync(join(victim, 'letter.txt'), join(checkout, 'report.md'));
    symlinkSync(join(victim, 'not-there'), join(checkout, 'dangling'));
    symlinkSync(victim, join(checkout, 'out'));
    const evaluate = ['eval', '.', '--suite', 'retrieval', '--cases', '1'];
    for (const output of [
      ['--report', 'report.md'],
      ['--junit', 'dangling'],
      ['--report', 'out/letter.txt'],
      ['--update-baseline', '--baseline', 'out/baseline.json'],
      ['--update-baseline', '--baseline', 'dangling'],
    ]) {
      const { code, err } = await touchstone(...evaluate, ...output);
      expect(code, output.join(' ')).toBe(2);
      expect(err).toMatch(/is a link. Name the file itself/);
    }
    const { code, err } = await touchstone(...evaluate, '--store', 'out');
    expect(code).toBe(1);
    expect(err).toContain('is a link');
  });

  test.each([
    ['a pipe', '--report', () => execFileSync('mkfifo', [join(checkout, 'report')])],
    ['a pipe', '--junit', () => execFileSync('mkfifo', [join(checkout, 'report')])],
    ['another name of a file elsewhere', '--report', secondName],
    ['another name of a file elsewhere', '--junit', secondName],
  ])('attack: %s in the place of what %s names is not written to, nor waited for', async (_, option, put) => {
    put();
    const { code, err } = await touchstone(
      'eval',
      '.',
      '--suite',
      'retrieval',
      '--cases',
      '1',
      option,
      'report',
    );
    expect(code).toBe(2);
    expect(err).toContain('it is no regular file, or has another name elsewhere');
    // The name that was put beside it is gone before the rest is compared.
    rmSync(join(checkout, 'report'));
  });

  test.each([
    ['queries', ['search', '.', '--queries', 'place'], 2],
    ['cases', ['complete', '.', '--cases', 'place'], 2],
    ['records', ['feedback', '.', '--ledger', 'place'], 1],
    ['a baseline', ['eval', '.', '--baseline', 'place'], 2],
    ['a new baseline', [...EVAL, '--baseline', 'place', '--update-baseline'], 2],
    ['a new baseline elsewhere', [...EVAL, '--baseline', '../elsewhere', '--update-baseline'], 2],
    ['recordings', [...CHAT, '--recordings', 'place'], 2],
    ['recordings elsewhere', [...CHAT, '--recordings', '../elsewhere'], 2],
    ['a store', ['index', '.', '--store', 'place'], 1],
    ['what is measured', ['bench', 'retrieval', '--documents', 'place', '--queries', 'place'], 2],
  ])('attack: a pipe in the place of %s is neither waited for nor replaced', async (_, args, expected) => {
    const pipes = [join(checkout, 'place'), join(base, 'elsewhere')];
    execFileSync('mkfifo', pipes);
    const { code, err } = await touchstone(...args);
    expect(code, err).toBe(expected);
    expect(err).not.toMatch(/^\s+at /m);
    for (const pipe of pipes) expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  test.each(['manifest.sqlite', 'writer.lock.sqlite', 'memory.image', 'aside.json', 'segments'])(
    'attack: a pipe in the place of %s of a store is not waited for, nor is anything run or read through it',
    async (part) => {
      const store = join(checkout, '.touchstone');
      expect((await touchstone('index', '.', '--store', store)).code).toBe(0);
      const place =
        part === 'segments' ? join(store, part, readdirSync(join(store, part))[0]!) : join(store, part);
      rmSync(place, { force: true });
      execFileSync('mkfifo', [place]);
      const { code, err } = await touchstone('search', '.', 'gate', '--store', store);
      expect(code).not.toBeNull();
      expect(err).not.toMatch(/^\s+at /m);
      if (code !== 0) expect(err).toContain(place);
    },
  );

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'attack: a pipe that nobody reads keeps no command that %s ends',
    async (signal) => {
      // Of the user's own, so that it is waited for.
      const report = join(base, 'report');
      execFileSync('mkfifo', [report]);
      const shown = join(base, 'shown');
      const run = await runTouchstone([...EVAL, '--report', report], {
        cwd: checkout,
        env: { TOUCHSTONE_STORE_ROOT: join(base, 'stores') },
        outputFile: shown,
        onStart: async (kill) => {
          await vi.waitFor(() => {
            expect(readFileSync(shown, 'utf8')).not.toBe('');
          });
          kill(signal);
        },
      });
      expect(run.err).toContain('Cancelled.');
      // As a shell tells it, 130.
      expect(run.code).toBeNull();
      expect(readdirSync(base).toSorted()).toEqual(['checkout', 'report', 'shown', 'victim']);
    },
  );

  function secondName(): void {
    linkSync(join(victim, 'letter.txt'), join(checkout, 'report'));
  }
});
