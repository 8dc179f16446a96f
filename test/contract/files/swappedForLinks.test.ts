import type * as syncFs from 'node:fs';
import { renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createNodeFileTree } from '../../../src/adapters/files/nodeFileTree.ts';
import type { FileTree } from '../../../src/core/ports/files.ts';
import { discover } from '../../../src/core/indexing/discover.ts';

type Step = 'realpath' | 'lstat' | 'open' | 'readdir';

type Turn = (step: string, when: 'before' | 'after', count: number) => void;

/** Called before and after each step on the disk: whoever attacks has a turn there. */
const turn = vi.hoisted((): { of: Turn; readonly counts: Map<string, number> } => ({
  of: () => undefined,
  counts: new Map<string, number>(),
}));

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof fs>();
  const watched = (step: Step) => {
    const real = original[step] as (...args: unknown[]) => Promise<unknown>;
    return async (...args: unknown[]) => {
      const count = (turn.counts.get(step) ?? 0) + 1;
      turn.counts.set(step, count);
      turn.of(step, 'before', count);
      const result = await real(...args);
      turn.of(step, 'after', count);
      return result;
    };
  };
  return {
    ...original,
    realpath: watched('realpath'),
    lstat: watched('lstat'),
    open: watched('open'),
    readdir: watched('readdir'),
  };
});

/** What is asked without another thread are the same steps. */
vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof syncFs>();
  const watched = (step: Step, real: (...args: unknown[]) => unknown) => {
    return (...args: unknown[]) => {
      const count = (turn.counts.get(step) ?? 0) + 1;
      turn.counts.set(step, count);
      turn.of(step, 'before', count);
      const result = real(...args);
      turn.of(step, 'after', count);
      return result;
    };
  };
  const native = watched('realpath', original.realpathSync.native as (...args: unknown[]) => unknown);
  return {
    ...original,
    lstatSync: watched('lstat', original.lstatSync as (...args: unknown[]) => unknown),
    readdirSync: watched('readdir', original.readdirSync as (...args: unknown[]) => unknown),
    realpathSync: Object.assign(
      (...args: Parameters<typeof syncFs.realpathSync>) => original.realpathSync(...args),
      {
        native,
      },
    ),
  };
});

let base: string;
let root: string;

beforeEach(async () => {
  base = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'touchstone-swap-')));
  root = join(base, 'root');
  await fs.mkdir(join(root, 'src'), { recursive: true });
  await fs.mkdir(join(root, 'private'));
  await fs.mkdir(join(base, 'elsewhere'));
  await fs.writeFile(join(root, 'src', 'a.ts'), 'mine');
  await fs.writeFile(join(root, 'private', 'a.ts'), 'secret');
  await fs.writeFile(join(base, 'elsewhere', 'a.ts'), 'secret');
});

afterEach(async () => {
  turn.of = () => undefined;
  await fs.rm(base, { recursive: true });
});

/** Once, at that step. */
function atStep(step: Step, when: 'before' | 'after', count: number, act: () => void): void {
  turn.counts.clear();
  let isDone = false;
  turn.of = (at, now, nth) => {
    if (isDone || at !== step || now !== when || nth !== count) return;
    isDone = true;
    act();
  };
}

function swapFolder(target: string): void {
  renameSync(join(root, 'src'), join(root, 'moved'));
  symlinkSync(target, join(root, 'src'));
}

function swapBack(): void {
  unlinkSync(join(root, 'src'));
  renameSync(join(root, 'moved'), join(root, 'src'));
}

function swapFile(target: string): void {
  unlinkSync(join(root, 'src', 'a.ts'));
  symlinkSync(target, join(root, 'src', 'a.ts'));
}

async function isUnreadOrMine(tree: FileTree, path: string): Promise<boolean> {
  const read = await tree.read(path, 1000).catch(() => undefined);
  turn.of = () => undefined;
  return read === undefined || new TextDecoder().decode(read) === 'mine';
}

const STEPS: readonly (readonly [Step, 'before' | 'after', number])[] = [
  ['realpath', 'before', 1],
  ['realpath', 'after', 1],
  ['lstat', 'before', 1],
  ['lstat', 'after', 1],
  ['open', 'before', 1],
  ['open', 'after', 1],
  ['realpath', 'before', 2],
  ['realpath', 'after', 2],
  ['lstat', 'before', 2],
];

describe.skipIf(process.platform === 'win32')('what is read while it is swapped', () => {
  const targets = () => [join(base, 'elsewhere'), join(root, 'private'), 'private'];

  test.each(STEPS)('attack: a folder becomes a link at %s, %s, no. %i', async (...step) => {
    for (const target of targets()) {
      const tree = await createNodeFileTree(root);
      let isSwapped = false;
      atStep(...step, () => {
        swapFolder(target);
        isSwapped = true;
      });
      // What was opened before the swap is the file itself.
      expect(await isUnreadOrMine(tree, 'src/a.ts')).toBe(true);
      expect(isSwapped).toBe(true);
      swapBack();
    }
  });

  test.each(STEPS)('attack: a folder becomes a link at %s, %s, no. %i, and back', async (...step) => {
    const tree = await createNodeFileTree(root);
    atStep(...step, () => {
      swapFolder(join(base, 'elsewhere'));
      atStep('open', 'after', 1, swapBack);
    });
    expect(await isUnreadOrMine(tree, 'src/a.ts')).toBe(true);
  });

  test.each(STEPS)('attack: a file becomes a link at %s, %s, no. %i', async (...step) => {
    for (const target of ['../private/a.ts', join(base, 'elsewhere', 'a.ts')]) {
      writeFileSync(join(root, 'src', 'b.ts'), 'mine');
      renameSync(join(root, 'src', 'b.ts'), join(root, 'src', 'a.ts'));
      const tree = await createNodeFileTree(root);
      atStep(...step, () => {
        swapFile(target);
      });
      expect(await isUnreadOrMine(tree, 'src/a.ts')).toBe(true);
    }
  });

  test('a file that an editor replaces meanwhile is read as it is then', async () => {
    const tree = await createNodeFileTree(root);
    atStep('open', 'after', 1, () => {
      writeFileSync(join(root, 'src', 'new.ts'), 'saved');
      renameSync(join(root, 'src', 'new.ts'), join(root, 'src', 'a.ts'));
    });
    expect(new TextDecoder().decode(await tree.read('src/a.ts', 1000))).toBe('saved');
  });
});

describe.skipIf(process.platform === 'win32')('what is listed while it is swapped', () => {
  test.each<readonly [Step, 'before' | 'after', number]>([
    ['readdir', 'before', 2],
    ['readdir', 'after', 2],
    ['lstat', 'before', 1],
    ['open', 'before', 1],
  ])('attack: nothing outside is found when a folder becomes a link at %s, %s, no. %i', async (...step) => {
    await fs.rm(join(root, 'private'), { recursive: true });
    writeFileSync(join(base, 'elsewhere', 'b.ts'), 'secret');
    const tree = await createNodeFileTree(root);
    atStep(...step, () => {
      swapFolder(join(base, 'elsewhere'));
    });
    const { files } = await discover(tree);
    expect(files.map(({ path }) => path)).not.toContain('src/b.ts');
    for (const { path } of files) expect(await isUnreadOrMine(tree, path)).toBe(true);
  });
});
