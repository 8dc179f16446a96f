import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeProvider } from '../../support/fakeProvider.ts';
import { runTouchstone } from '../../support/runTouchstone.ts';

const FERRIES = resolve(import.meta.dirname, '../../evals/fixtures/ferries');
const GATE = 'export function openGate(): void {}\n';
let base: string;
let workspace: string;

const touchstone = (...args: readonly string[]) =>
  runTouchstone(args, { cwd: base, env: { TOUCHSTONE_STORE_ROOT: join(base, 'stores') } });

async function fileOf(name: string, text: string): Promise<string> {
  await writeFile(join(base, name), text);
  return name;
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-bad-input-'));
  workspace = join(base, 'workspace');
  await mkdir(workspace);
  await writeFile(join(workspace, 'gate.ts'), GATE);
});
afterAll(() => rm(base, { recursive: true }));

describe('complete --cases', () => {
  test('answers every case, says what is wrong with those that make no sense, and fails in the end', async () => {
    const cases = [
      { id: 'first', file: 'gate.ts', offset: 7 },
      { id: 'past', file: 'gate.ts', offset: 999 },
      { id: 'outside', file: '../other.ts', offset: 0 },
      { id: 'gone', file: 'gone.ts', offset: 0 },
      { id: 'last', file: 'gone.ts', offset: 0, content: 'const a = 1;' },
    ];
    const file = await fileOf('cases.jsonl', cases.map((each) => JSON.stringify(each)).join('\n'));
    const { code, out, err } = await touchstone('complete', workspace, '--cases', file, '--json');
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; error?: string });
    expect(lines.map(({ id, error }) => [id, error])).toEqual([
      ['first', undefined],
      ['past', `Offset 999 is past the end of gate.ts (${GATE.length} UTF-16 units).`],
      ['outside', expect.stringContaining('../other.ts is not inside') as string],
      ['gone', expect.stringContaining('There is no readable file gone.ts') as string],
      ['last', undefined],
    ]);
    for (const line of lines) expect(line).toMatchObject({ text: null });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('3 of 5 cases') as string });
  });
});

describe('bench retrieval', () => {
  const documents = '[{"docId":"a","chunks":[{"index":0,"content":"open the gate"}]}]';
  const query = '{"id":"1","query":"gate","gold":[{"docId":"a","chunkIndex":0}]}';

  test.each([
    ['no documents', '[]', query, 'documents.json holds no chunks to search.'],
    ['a broken document', '[{"docId":\n"a",\n]', query, 'documents.json:3: this is not JSON.'],
    ['a document cut short', '[{"docId":\n', query, 'documents.json:2: this is not JSON.'],
    ['a document of another form', '[{"docId":1}]', query, 'documents.json: ✖ Invalid input'],
    ['no queries', documents, '\n', 'queries.jsonl holds no queries.'],
    ['a broken query', documents, `${query}\n{`, 'queries.jsonl:2: this line is not JSON.'],
    [
      'an answer that is in no document',
      documents,
      `${query}\n${query.replace('"a"', '"b"')}`,
      'queries.jsonl:2: ✖ names a chunk in gold that no document has',
    ],
  ])('refuses %s and says where', async (_, withDocuments, withQueries, message) => {
    const files = [
      ...['--documents', await fileOf('documents.json', withDocuments)],
      ...['--queries', await fileOf('queries.jsonl', withQueries)],
    ];
    const { code, out, err } = await touchstone('bench', 'retrieval', ...files);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.startsWith(message), err).toBe(true);
  });

  test.each(['retrieval', 'complete', 'search', 'chunk', 'index', 'scale'])(
    '%s of a folder with nothing in it prints no zeros',
    async (what) => {
      const empty = join(base, 'empty');
      await mkdir(empty, { recursive: true });
      const { code, out, err } = await touchstone('bench', what, empty, '--json');
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^There is nothing to measure: .* has no .*\.$/m);
    },
  );

  test.each(['image', 'start', 'save', 'load'])('%s wants an index that is there', async (what) => {
    expect((await touchstone('bench', what, workspace)).err).toContain('Make one with');
    const { code, err } = await touchstone('bench', what, workspace, '--store', join(base, 'none'));
    expect(code).toBe(2);
    expect(err).toContain('There is nothing to measure');
  });
});

describe('eval', () => {
  test.each(['--report', '--junit'])(
    'refuses a %s that cannot be written before it begins',
    async (option) => {
      for (const file of [join(base, 'no', 'such', 'folder'), workspace]) {
        const { code, out, err } = await touchstone('eval', FERRIES, option, file);
        expect({ code, out }).toEqual({ code: 2, out: '' });
        expect(err).toBe(`Cannot write the report to ${file}. Check the path.\n`);
      }
    },
  );

  test('refuses a baseline and recordings that cannot be written before it begins', async () => {
    const inFile = join(workspace, 'a file', 'new', 'file.json');
    await writeFile(join(workspace, 'a file'), '');
    for (const file of [inFile, workspace]) {
      const kept = await touchstone('eval', FERRIES, '--baseline', file, '--update-baseline');
      expect(kept).toEqual({
        code: 2,
        out: '',
        err: `Cannot write the baseline to ${file}. Check the path.\n`,
      });
      const model = ['--suite', 'chat', '--model', 'compatible:m', '--base-url', 'http://localhost:1/v1'];
      const recorded = await touchstone('eval', FERRIES, ...model, '--recordings', file);
      expect(recorded).toEqual({
        code: 2,
        out: '',
        err: `Cannot write the answers to ${file}. Check the path.\n`,
      });
    }
  });

  test('says once that nothing answers, and where', async () => {
    const gone = await FakeProvider.start();
    const { baseUrl } = gone;
    await gone.close();
    const { host } = new URL(baseUrl);
    const model = ['--model', 'compatible:m', '--base-url', baseUrl];
    const { code, err } = await touchstone('eval', FERRIES, '--suite', 'chat', '--cases', '30', ...model);
    expect(code).toBe(1);
    expect(err.split(`Nothing answers at ${host}.`)).toHaveLength(2);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('what is said of files with odd names', () => {
  const NAMES = ['two\nlines.ts', 'red\u001B[31m.ts', 'turned\u202Ename.ts'];

  test.skipIf(process.platform === 'win32')('moves no cursor and colours nothing', async () => {
    const odd = join(base, 'odd');
    await mkdir(odd);
    for (const [at, name] of NAMES.entries()) {
      await writeFile(join(odd, name), `export const thing${at} = '\u001B[31mred\u0007';\n`);
    }
    const search = await touchstone('search', odd, 'thing');
    expect(
      search.out
        .split('\n')
        .map((line) => line.split(':')[0])
        .toSorted(),
    ).toEqual(['', 'red\\x1b[31m.ts', 'turned\\u202ename.ts', 'two\\x0alines.ts'].toSorted());
    const asked = await touchstone('ask', odd, 'What is thing1?');
    expect(asked.out).toContain('\\x1b[31mred\\x07');
    expect(asked.out + asked.err).not.toMatch(/[\0-\x08\x0B-\x1F\x7F]/);
    const { out } = await touchstone('search', odd, 'thing', '--json');
    const paths = (JSON.parse(out) as { path: string }[]).map(({ path }) => path);
    expect(paths.toSorted()).toEqual(NAMES.toSorted());
  });
});

test.each([
  [['index', 'workspace', 'other'], "index takes one folder; 'other' is too much."],
  [['index', ''], 'Name a folder'],
  [['index', 'workspace', '--store', ''], "--store needs a value, not ''."],
  [['search', 'workspace', ' '], 'The query is empty.'],
  [['search', 'workspace', 'gate', '--suite', 'chat'], 'search does not take --suite.'],
  [['ask', 'workspace', 'gate', '--model', 'compatible:m', '--base-url', 'ftp://x'], 'not an http or https'],
])('%j is a usage error, and nothing is made', async (args, message) => {
  const { code, out, err } = await touchstone(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
  expect(existsSync(join(base, 'manifest.sqlite'))).toBe(false);
});

test.runIf(existsSync('/dev/full'))('results that cannot be written are no success', async () => {
  const result = await runTouchstone(['search', workspace, 'gate'], {
    env: { TOUCHSTONE_STORE_ROOT: join(base, 'stores') },
    outputFile: '/dev/full',
  });
  expect(result.code).toBe(1);
  expect(result.err).toContain('The output cannot be written: ENOSPC');
});
