import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTouchstone } from '../../support/runTouchstone.ts';

/** What a terminal acts upon or shows in another order, each in one text: of 7 and of 8 bits. */
const ACTS = [
  '\x1b[2J\x1b[H',
  '\x1b]0;title\x07',
  '\x1b]8;;https://example.invalid\x1b\\sign in\x1b]8;;\x1b\\',
  '\x1b]52;c;cm0gLXJmIH4=\x07',
  '\x1bP+q544e\x1b\\',
  '\x1bc\x1b#8\x1b(0',
  '\x9b2J\x9d52;c;eA==\x9c\x90q\x9c',
  'safe\rrm -rf',
  '\b\b\b\x7f\x0e\x0f',
  '\u202egnp.exe\u2066a\u2069',
  'a\u2028b\u200b\u{e0041}',
].join(' ');
/** A line that would be taken for one of ours. */
const FORGED = '\nwarning: FORGED';
const FORBIDDEN = /[^\P{Cc}\t\n]|[\p{Bidi_Control}\u200b\u2028\u{e0041}]/u;

let base: string;
let folder: string;
let provider: Server;

const touchstone = (args: readonly string[]) =>
  runTouchstone(args, {
    cwd: base,
    env: { TOUCHSTONE_STORE_ROOT: join(base, 'stores'), TOUCHSTONE_API_KEY: 'k' },
  });

function put(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** With escapes of YAML for what may not stand in it. */
const yaml = (text: string) => JSON.stringify(text).replaceAll(/[\x7f-\x9f]/g, (one) => `\\x${hex(one)}`);
const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(2, '0');

beforeAll(async () => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'touchstone-terminal-')));
  folder = join(base, 'folder');
  mkdirSync(folder);
  const name = `thing${ACTS.replaceAll(/[/\\]/g, '-')}${FORGED}`.slice(0, 120);
  const bad = `${ACTS}${FORGED}`;
  put(
    `${name}.ts`,
    `/** Opens the thing. ${ACTS} */\nexport function openThing(): string {\n  return '${ACTS}';\n}\n`,
  );
  put('gate.ts', 'export function openGate(): void {}\n');
  put(`large${FORGED}.ts`, 'x '.repeat(1_000_000));
  put(
    `asked${FORGED}.eval.yaml`,
    `tags: [${yaml(bad)}]\nchat:\n  - id: ${yaml(bad)}\n    question: ${yaml(`How does ${bad} open the gate?`)}\n    gold: [gate.ts]\nretrieval:\n  - id: ${yaml(`r${bad}`)}\n    question: ${yaml(`open gate ${bad}`)}\n    gold: [gate.ts]\n`,
  );
  put(
    `wrong${FORGED}.eval.yaml`,
    `? [${yaml(bad)}, "\u009b2J", "\u202e"]\n: 1\n${yaml(bad)}: !x 1\nchat:\n  - question: a\n    gold: [${yaml(`${bad}.ts`)}]\n    ${yaml(bad)}: 1\n`,
  );
  put(`broken${FORGED}.eval.yaml`, 'chat: [\n  *\u009bnope\n  "\u202e\n');
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=b', ...args]);
  git('init', '-q');
  git('add', 'gate.ts');
  git('commit', '-qm', `open the gate ${ACTS}${FORGED}`);
  provider = createServer((_, response) => {
    const error = { message: bad, type: bad, code: bad, param: bad };
    response.writeHead(400, { 'content-type': 'application/json', 'x-request-id': 'id' });
    response.end(JSON.stringify({ error }));
  });
  await new Promise<void>((done) => {
    provider.listen(0, '127.0.0.1', done);
  });
});
afterAll(() => {
  provider.close();
  rmSync(base, { recursive: true });
});

function expectInert({ out, err }: { readonly out: string; readonly err: string }): void {
  expect(out).not.toMatch(FORBIDDEN);
  expect(err).not.toMatch(FORBIDDEN);
  expect(`${out}\n${err}`).not.toMatch(/^warning: FORGED/m);
}

describe.skipIf(process.platform === 'win32')(
  'what strangers wrote, and what the built command prints',
  () => {
    test.each([
      ['an index', ['index', 'folder', '--json', '--verbose']],
      ['hits', ['search', 'folder', 'open thing', '--verbose']],
      ['hits in JSON', ['search', 'folder', 'open thing', '--json']],
      ['an answer', ['ask', 'folder', 'Where is openThing?']],
      ['an answer in JSON', ['ask', 'folder', 'Where is openThing?', '--json']],
      ['cases, and what is wrong with them', ['eval', 'folder', '--cases', '3', '--verbose']],
      ['cases in JSON', ['eval', 'folder', '--cases', '3', '--json', '--suite', 'chat']],
    ])('attack: %s move no cursor, forge no line and reach no clipboard', async (_, args) => {
      const run = await touchstone(args);
      expect(run.code, run.err).toBe(0);
      expectInert(run);
      if (args.includes('--json')) expect(() => JSON.parse(run.out) as unknown).not.toThrow();
      if (args[0] !== 'index') expect(run.out).toMatch(/\\x1b|\\u001b|⟨U\+001B⟩|gate/);
    });

    test('attack: a provider that refuses in such words is quoted without what acts', async () => {
      const url = `http://127.0.0.1:${String((provider.address() as AddressInfo).port)}/v1`;
      const run = await touchstone(['ask', 'folder', 'gate?', '--model', 'compatible:m', '--base-url', url]);
      expectInert(run);
      expect(run.err).not.toBe('');
    });

    test.runIf(existsSync('/usr/bin/script') && process.platform === 'linux')(
      'attack: on a terminal, nothing more is believed than in a pipe',
      () => {
        const bin = resolve(import.meta.dirname, '../../../bin/touchstone');
        const command = `'${process.execPath}' '${bin}' search folder 'open thing'`;
        const env = { ...process.env, TOUCHSTONE_STORE_ROOT: join(base, 'stores') };
        const shown = execFileSync('script', ['-qec', command, join(base, 'typescript')], { cwd: base, env });
        expect(shown.toString().replaceAll('\r\n', '\n')).not.toMatch(FORBIDDEN);
        expect(shown.toString()).toContain('\\x1b');
      },
    );
  },
);
