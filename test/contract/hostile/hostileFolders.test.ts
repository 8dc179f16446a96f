import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileFolders, makeHostileFolder } from '../../support/hostileFolders.ts';
import { runScript } from '../../support/startScript.ts';
import { snapshotOf } from '../../support/snapshotOf.ts';
import type { FolderToOpen, Opened } from './children/openEach.ts';

/** Megabytes that the process may ever use, whatever is opened. */
const MOST_MEMORY = 1_200;
/**
 * How many times the work of an ordinary folder a hostile one may take to open, and to end once it is cancelled. Without
 * bounds it was hundreds of times as much, or never done.
 */
const MOST_WORK = 60;
const MOST_WORK_AFTER_CANCEL = 20;
/**
 * For how long a thread may let nobody else have a turn, and go on after it was cancelled in the middle of its work: in units
 * of ten milliseconds of a machine of 2026. So the one is two seconds there, the other one second.
 */
const MOST_STRETCH = 200;
const MOST_AFTER_LATE_CANCEL = 100;
/** Of an ordinary folder, in milliseconds, where the machine is too quick to measure it. */
const LEAST_WORK = 50;

const ORDINARY = 'an ordinary folder';

describe.skipIf(process.platform === 'win32')(
  'a hostile folder, opened, searched, asked and cancelled',
  () => {
    let base: string;
    let victim: string;
    let before: ReturnType<typeof snapshotOf>;
    let beside: readonly string[];
    const opened = new Map<string, Opened>();
    let ended: string | number;

    beforeAll(async () => {
      base = realpathSync(mkdtempSync(join(tmpdir(), 'touchstone-hostile-')));
      victim = join(base, 'victim');
      mkdirSync(victim);
      writeFileSync(join(victim, 'letter.txt'), 'export function openGreatGate() { return "a letter"; }\n');
      const folders = [ordinaryFolder(), ...hostileFolders.map(makeFolder)];
      writeFileSync(join(base, 'folders.json'), JSON.stringify(folders));
      before = snapshotOf(victim);
      beside = readdirSync(base).sort();
      const script = new URL('./children/openEach.ts', import.meta.url);
      const run = await runScript(script, join(base, 'folders.json'));
      ended =
        run.by === 0 ? run.errors : `${String(run.by)} after ${String(run.lines.length)}: ${run.errors}`;
      for (const line of run.lines) {
        const each = JSON.parse(line) as Opened;
        opened.set(each.name, each);
      }
    });
    afterAll(() => rmSync(base, { recursive: true, force: true }));

    function makeFolder(folder: (typeof hostileFolders)[number], number: number): FolderToOpen {
      const root = join(base, `folder-${String(number)}`);
      mkdirSync(root);
      makeHostileFolder(folder, { root, victim });
      const store =
        folder.store === undefined ? join(base, 'stores', String(number)) : join(root, folder.store);
      const otherStore = folder.store === undefined ? join(base, 'stores', `${String(number)}-other`) : store;
      return { name: folder.name, root, store, otherStore };
    }

    /** Fifty files of some lines. */
    function ordinaryFolder(): FolderToOpen {
      const root = join(base, 'ordinary');
      mkdirSync(root);
      mkdirSync(join(base, 'stores'), { mode: 0o700 });
      for (let n = 0; n < 50; n++) {
        const lines = Array.from(
          { length: 40 },
          (_, m) => `export function value${n}x${m}() { return ${n * m}; }`,
        );
        writeFileSync(join(root, `file${n}.ts`), lines.join('\n'));
      }
      return { name: ORDINARY, root, store: join(base, 'stores/o'), otherStore: join(base, 'stores/p') };
    }

    const work = () => Math.max(LEAST_WORK, opened.get(ORDINARY)?.cpuMs ?? 0);

    test.each(hostileFolders)('attack: $name', ({ name, refusal, isLeftOut = false }) => {
      const result = opened.get(name);
      expect(result, String(ended)).toBeDefined();
      if (!result) return;
      expect(result.refusal).toBe(refusal);
      expect(result.megabytes).toBeLessThan(MOST_MEMORY);
      expect(result.cpuMs).toBeLessThan(MOST_WORK * work());
      expect(result.cpuAfterCancelMs).toBeLessThan(MOST_WORK_AFTER_CANCEL * work());
      expect(result.stretchMs).toBeLessThan(MOST_STRETCH * result.unitMs);
      expect(result.lateCancelMs).toBeLessThan(MOST_AFTER_LATE_CANCEL * result.unitMs);
      if (refusal !== undefined) return;
      expect(result.cancelled).toMatch(/^(ended|was done)$/);
      expect(result.found.includes('gate.ts')).toBe(!isLeftOut);
      // Nothing of the victim, and no file for credentials.
      for (const path of [...result.found, ...result.cited]) {
        expect(path).not.toMatch(/letter|victim|\.env|id_rsa|\.ssh|\.aws|tfvars|\.pem/);
      }
    });

    test('what they cost is printed', () => {
      const rows = [...opened.values()].filter(({ name }) => name !== ORDINARY);
      const line = (what: string, of: (each: Opened) => number) => {
        const figures = rows.map(of).sort((a, b) => a - b);
        return `${what}: median ${String(figures[figures.length >> 1])}, at most ${String(figures.at(-1))}`;
      };
      process.stdout.write(
        [
          line('longest stretch, ms', ({ stretchMs }) => stretchMs),
          line('after a cancellation at once, ms', ({ cpuAfterCancelMs }) => cpuAfterCancelMs),
          line('after a cancellation in the middle, ms', ({ lateCancelMs }) => lateCancelMs),
          line('the whole process so far, MB', ({ megabytes }) => megabytes),
        ].join('\n') + '\n',
      );
      expect(rows).toHaveLength(hostileFolders.length);
    });

    test('attack: none of them changes anything beside itself and its store', () => {
      expect(snapshotOf(victim)).toEqual(before);
      expect(readdirSync(base).sort()).toEqual(beside);
      expect(ended).toBe('');
    });
  },
);
