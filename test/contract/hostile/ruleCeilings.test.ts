import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runScript } from '../../support/startScript.ts';
import type { Opened } from './children/openEach.ts';

const FILES = 2_000;
/** Enough where only what the rules are read from is at stake, not what they are held against. */
const FEW_FILES = 200;
/** Megabytes that opening may ever take. */
const MOST_MEMORY = 1_200;
/** Times what the same folder takes without the rule file, in a process of its own. A file of 400 MB read whole takes ten times. */
const MOST_OF_MEMORY = 2;
const MOST_OF_WORK = 10;

let base: string;
let pipe: string;
let socket: Server;
let ordinary: Opened;

const write = (root: string, name: string, text: string) => {
  writeFileSync(join(root, name), text);
};
const sparse = (bytes: number) => (root: string) => {
  write(root, '.touchstoneignore', 'b.ts\n');
  truncateSync(join(root, '.touchstoneignore'), bytes);
};
const linkTo = (target: () => string) => (root: string) => {
  for (const name of ['.gitignore', '.touchstoneignore']) symlinkSync(target(), join(root, name));
};

/** Opens a folder of so many files and one in a process of its own. */
async function open(name: string, make: (root: string) => void, files = FILES): Promise<Opened> {
  const top = join(base, name.replaceAll(/\W+/g, '-'));
  const root = join(top, 'folder');
  mkdirSync(root, { recursive: true });
  write(root, 'gate.ts', '/** Opens the great gate. */\nexport function openGreatGate(): void {}\n');
  for (let at = 0; at < files; at++) write(root, `file${at}.ts`, `export const value${at} = ${at};\n`);
  make(root);
  const list = join(top, 'folders.json');
  const stores = join(top, 'stores');
  mkdirSync(stores, { mode: 0o700 });
  writeFileSync(
    list,
    JSON.stringify([{ name, root, store: join(stores, 'a'), otherStore: join(stores, 'b') }]),
  );
  const { by, lines, errors } = await runScript(new URL('./children/openEach.ts', import.meta.url), list);
  expect({ by, errors }).toEqual({ by: 0, errors: '' });
  return JSON.parse(lines[0] ?? '') as Opened;
}

describe.skipIf(process.platform === 'win32')(
  'a folder of up to 2,000 files, opened, searched and asked',
  () => {
    beforeAll(async () => {
      base = realpathSync(mkdtempSync(join(tmpdir(), 'touchstone-ceilings-')));
      pipe = join(base, 'pipe');
      execFileSync('mkfifo', [pipe]);
      socket = createServer().listen(join(base, 'socket'));
      ordinary = await open('ordinary', () => undefined);
    });
    afterAll(() => {
      socket.close();
      rmSync(base, { recursive: true });
    });

    test('without rules is as it should be', () => {
      expect(ordinary.found).toContain('gate.ts');
      expect(ordinary.files).toBe(FILES + 1);
    });

    test.each<readonly [name: string, made: number, found: number, make: (root: string) => void]>([
      ['a sparse rule file of 3 GB', FILES, 0, sparse(3 * 2 ** 30)],
      ['a rule file of 400 MB', FILES, 0, sparse(400 * 2 ** 20)],
      [
        'a rule file of 400 MB that is full',
        FILES,
        0,
        (root) => {
          const rule = Buffer.from(`${'a'.repeat(63)}\n`);
          for (let at = 0; at < 100; at++) {
            writeFileSync(join(root, '.gitignore'), Buffer.alloc(4 * 2 ** 20, rule), { flag: 'a' });
          }
        },
      ],
      [
        '300,000 rules',
        FILES,
        0,
        (root) => {
          write(root, '.gitignore', Array.from({ length: 300_000 }, (_, at) => `rule${at}`).join('\n'));
        },
      ],
      [
        'as many rules as hold, each tried at every place',
        FILES,
        FILES + 2,
        (root) => {
          write(root, '.gitignore', Array.from({ length: 4_900 }, (_, at) => `**/*rule-${at}`).join('\n'));
        },
      ],
      ['rules that are a device', FEW_FILES, FEW_FILES + 1, linkTo(() => '/dev/zero')],
      ['rules that are a terminal', FEW_FILES, FEW_FILES + 1, linkTo(() => '/dev/tty')],
      ['rules that are a pipe', FEW_FILES, FEW_FILES + 1, linkTo(() => pipe)],
      ['rules that are a socket', FEW_FILES, FEW_FILES + 1, linkTo(() => join(base, 'socket'))],
      [
        'an excludes file of a repository around it that is a pipe',
        FEW_FILES,
        FEW_FILES + 1,
        (root) => {
          const git = join(root, '..', '.git');
          mkdirSync(git);
          write(git, 'HEAD', 'ref: refs/heads/main\n');
          write(git, 'config', `[core]\n\texcludesFile = ${pipe}\n`);
        },
      ],
    ])('attack: with %s is done, in memory and time like without', async (name, made, found, make) => {
      const opened = await open(name, make, made);
      expect(opened.files).toBe(found);
      expect(opened.megabytes).toBeLessThan(MOST_MEMORY);
      expect(opened.megabytes).toBeLessThan(MOST_OF_MEMORY * ordinary.megabytes);
      expect(opened.cpuMs).toBeLessThan(MOST_OF_WORK * ordinary.cpuMs);
      expect(opened.cancelled).toMatch(/^(ended|was done)$/);
    });
  },
);
