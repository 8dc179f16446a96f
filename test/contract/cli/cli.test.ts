import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTouchstone } from '../../support/runTouchstone.ts';

let base: string;
let workspace: string;
let store: string;

const touchstone = (...args: readonly string[]) => runTouchstone([...args, '--store', store]);

const gate = `/** Opens the gate for a visitor and writes the visit down. */
export function openGate(visitor: string): boolean {
  const allowed = visitor.length > 0;
  journal.append({ kind: 'visit', visitor, allowed });
  return allowed;
}
`;
const bell = `import { openGate } from './gate.ts';

/** Rings until somebody opens. */
export function ringBell(visitor: string): void {
  while (!openGate(visitor)) continue;
}
`;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-cli-'));
  workspace = join(base, 'workspace');
  store = join(base, 'store');
  await mkdir(join(workspace, 'src'), { recursive: true });
  await writeFile(join(workspace, 'src/gate.ts'), gate);
  await writeFile(join(workspace, 'src/bell.ts'), bell);
  await writeFile(join(workspace, '.gitignore'), 'secret.ts\n');
  await writeFile(join(workspace, 'secret.ts'), 'export const hidden = 1;\n');
});
afterAll(() => rm(base, { recursive: true }));

describe('touchstone', () => {
  test('index reports files, chunks and why files were skipped; the second run reuses everything', async () => {
    const first = await touchstone('index', workspace, '--json');
    expect(first.code).toBe(0);
    const report = JSON.parse(first.out) as { files: number; reused: number; skipped: unknown[] };
    expect(report).toMatchObject({ reused: 0 });
    expect(report.skipped).toContainEqual({ path: 'secret.ts', reason: 'ignored' });
    const second = JSON.parse((await touchstone('index', workspace, '--json')).out) as typeof report;
    expect(second).toMatchObject({ files: report.files, reused: report.files });
  });

  test('search finds the definition first, with 1-based lines', async () => {
    const { code, out } = await touchstone('search', workspace, 'who opens the gate', '--json', '-k', '2');
    expect(code).toBe(0);
    const hits = JSON.parse(out) as { path: string; startLine: number; endLine: number }[];
    expect(hits[0]).toMatchObject({ path: 'src/gate.ts', startLine: 1 });
  });

  test('search answers a batch, a line each', async () => {
    const queries = join(base, 'queries.jsonl');
    await writeFile(queries, '{"id":"a","query":"gate"}\n{"id":2,"query":"bell"}\n');
    const { code, out } = await touchstone('search', workspace, '--queries', queries, '--json');
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown; elapsedMs: number });
    expect(lines.map(({ id }) => id)).toEqual(['a', 2]);
    expect(lines.every(({ elapsedMs }) => elapsedMs >= 0)).toBe(true);
  });

  test
    .runIf(process.platform !== 'win32')
    .each(['back\\slash.py', 'a\\\\b.py', '\\start.py', 'end\\', 'dir\\..\\x.py'])(
    'complete takes the name %j as it is',
    async (name) => {
      const content = 'def ring(bell):\n    return bell.';
      await writeFile(join(workspace, name), content);
      const args = ['--file', name, '--offset', `${content.length}`, '--json'];
      expect(await touchstone('complete', workspace, ...args)).toMatchObject({ code: 0, err: '' });
      await rm(join(workspace, name));
    },
  );

  test('complete lets content stand in for the file on disk', async () => {
    const content = `${gate}\nexport function shutGate(visitor: string): boolean {\n  const allowed = visitor.`;
    const cases = join(base, 'cases.jsonl');
    await writeFile(
      cases,
      `${JSON.stringify({ id: 1, file: 'src/gate.ts', offset: content.length, content })}\n`,
    );
    const { code, out } = await touchstone('complete', workspace, '--cases', cases, '--json');
    expect(code).toBe(0);
    const text = expect.stringMatching(/^length >/) as string;
    expect(JSON.parse(out)).toMatchObject({ id: 1, text, source: 'workspace-model' });
  });

  test('ask answers with citations that are supported', async () => {
    const { code, out } = await touchstone('ask', workspace, 'What opens the gate?', '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(out) as {
      citations: unknown[];
      grounding: { checked: number; supported: number };
    };
    expect(answer.citations.length).toBeGreaterThan(0);
    expect(answer.grounding.supported).toBe(answer.grounding.checked);
  });

  test.each([
    ['no command', []],
    ['an unknown command', ['fly']],
    ['a folder that is not there', ['search', '/no/such/folder', 'x']],
    ['a query and a batch at once', ['search', '.', 'x', '--queries', 'q.jsonl']],
    [
      'an offset past the end',
      ['complete', '.', '--file', 'package.json', '--offset', '99999999', '--no-index'],
    ],
    ['a query without quotes', ['search', '.', 'add', 'numbers']],
    ['a question without quotes', ['ask', '.', 'how', 'are', 'numbers', 'added?']],
  ])('exits with 2 and a message on stderr for %s', async (_, args) => {
    const { code, out, err } = await touchstone(...args);
    expect(code).toBe(2);
    expect(err.length + out.length).toBeGreaterThan(10);
  });
});
