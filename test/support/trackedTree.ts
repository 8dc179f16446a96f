import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { readGitRules } from '../../src/adapters/files/gitRules.ts';
import { createNodeFileTree } from '../../src/adapters/files/nodeFileTree.ts';
import { composeOuterRules } from '../../src/core/indexing/composeOuterRules.ts';
import { discover, discoverPaths } from '../../src/core/indexing/discover.ts';
import { ignoreTree, ruleFile } from './ignoreTree.ts';

/** A repository, what of it is tracked whatever the rules say, and how git is set up for it. */
export interface TrackedTree {
  readonly files: Readonly<Record<string, string>>;
  /** Decides which files are added by force, known by name only, or flagged. */
  readonly dice: readonly number[];
  readonly indexVersion: 2 | 3 | 4;
  readonly isSplit: boolean;
  readonly isSha256: boolean;
  readonly ignoresCase: boolean;
  readonly hasUntrackedCache: boolean;
  readonly quotesPaths: boolean;
  readonly exclude: string;
  readonly excludesFile: {
    readonly where: 'usual' | 'user' | 'repository' | 'relative';
    readonly text: string;
  };
  /** Another repository inside, by itself, as a submodule with a folder of its own, or with a file that leads to it. */
  readonly nested:
    | { readonly at: string; readonly kind: 'plain' | 'link' | 'file'; readonly files: TrackedTree['files'] }
    | undefined;
}

const rarely = fc.integer({ min: 0, max: 2 }).map((number) => number === 0);
const someRules = fc.option(ruleFile, { nil: '' });

export const trackedTree: fc.Arbitrary<TrackedTree> = fc.record({
  files: ignoreTree,
  dice: fc.array(fc.nat(11), { minLength: 7, maxLength: 7 }),
  indexVersion: fc.constantFrom(2, 3, 4),
  isSplit: rarely,
  isSha256: rarely,
  ignoresCase: rarely,
  hasUntrackedCache: rarely,
  quotesPaths: fc.boolean(),
  exclude: someRules,
  excludesFile: fc.record({
    where: fc.constantFrom('usual', 'user', 'repository', 'relative'),
    text: someRules,
  }),
  nested: fc.option(
    fc.record({
      at: fc.constantFrom('nest', 'a/nest', 'b/c/nest'),
      kind: fc.constantFrom('plain', 'link', 'file'),
      files: ignoreTree,
    }),
    { nil: undefined, freq: 2 },
  ),
});

/** Lays such a tree in a folder of its own and has `use` look at it. */
export async function inTrackedTree(
  tree: TrackedTree,
  use: (laid: LaidTree) => Promise<void>,
): Promise<void> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'touchstone-tracked-')));
  try {
    await use(new LaidTree(base, tree));
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

class LaidTree {
  readonly root: string;
  readonly #home: string;
  readonly #nested: string | undefined;

  constructor(base: string, tree: TrackedTree) {
    this.root = join(base, 'repository');
    this.#home = join(base, 'home');
    mkdirSync(this.#home);
    this.#init(this.root, tree);
    lay(this.root, tree.files);
    this.#configure(tree);
    this.#add(this.root, tree);
    const { nested } = tree;
    if (nested === undefined) return;
    const at = join(this.root, nested.at);
    this.#nested = nested.at;
    const apart = join(this.root, '.git', 'modules', 'nest');
    mkdirSync(dirname(apart));
    this.#init(at, tree, nested.kind === 'file' ? [`--separate-git-dir=${apart}`] : []);
    lay(at, nested.files);
    this.#add(at, { ...tree, files: nested.files });
    const object = '1'.repeat(tree.isSha256 ? 64 : 40);
    if (nested.kind !== 'plain') {
      this.git(this.root, 'update-index', '--add', '--cacheinfo', `160000,${object},${nested.at}`);
    }
  }

  /** The same git for everyone: no configuration but that of the tree's home. */
  git(cwd: string, ...args: readonly string[]): string {
    const env = { PATH: process.env['PATH'], HOME: this.#home, GIT_CONFIG_NOSYSTEM: '1' };
    return execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  }

  /** In code-unit order, of files that are there. */
  listedByGit(folder = ''): readonly string[] {
    const listed = this.#list(folder);
    const nested = this.#nested;
    const isListed = nested !== undefined && (listed.includes(nested) || listed.includes(`${nested}/`));
    const inside = isListed ? this.#list(nested).map((path) => `${nested}/${path}`) : [];
    return [...new Set([...listed, ...inside])]
      .filter((path) => isFile(join(this.root, folder, path)))
      .sort();
  }

  /** As a whole, which is the same as one by one. */
  async found(folder = ''): Promise<readonly string[]> {
    const root = join(this.root, folder);
    const outerRules = composeOuterRules(await readGitRules(root, { env: {}, home: this.#home }), []);
    const files = await createNodeFileTree(root);
    const whole = await discover(files, { outerRules });
    const paths = whole.files.map(({ path }) => path);
    const all = readdirSync(root, { recursive: true, encoding: 'utf8' });
    const single = await discoverPaths(
      files,
      all.filter((path) => isFile(join(root, path))),
      { outerRules },
    );
    expect(single.files.map(({ path }) => path)).toEqual(paths);
    expect(whole.skipped.filter(({ reason }) => reason !== 'ignored')).toEqual([]);
    return paths;
  }

  #list(folder: string): readonly string[] {
    const options = ['-z', '--cached', '--others', '--exclude-standard'];
    return this.git(join(this.root, folder), 'ls-files', ...options)
      .split('\0')
      .filter((path) => path !== '');
  }

  #init(folder: string, { isSha256 }: TrackedTree, options: readonly string[] = []): void {
    mkdirSync(folder, { recursive: true });
    const format = `--object-format=${isSha256 ? 'sha256' : 'sha1'}`;
    this.git(folder, 'init', '--quiet', format, ...options);
  }

  #configure({ exclude, excludesFile: { where, text }, ignoresCase, ...more }: TrackedTree): void {
    const files = {
      usual: join(this.#home, '.config', 'git', 'ignore'),
      user: join(this.#home, 'mine'),
      repository: join(this.#home, 'of this one'),
      relative: join(this.root, '.git', 'mine'),
    };
    const config = (...args: readonly string[]) => this.git(this.root, 'config', ...args);
    writeFileSync(join(this.root, '.git', 'info', 'exclude'), exclude);
    mkdirSync(dirname(files[where]), { recursive: true });
    writeFileSync(files[where], text);
    if (where === 'user') config('--global', 'core.excludesFile', '~/mine');
    if (where === 'repository') config('core.excludesFile', files.repository);
    if (where === 'relative') config('core.excludesFile', '.git/mine');
    config('--global', 'core.ignoreCase', String(ignoresCase));
    config('core.quotePath', String(more.quotesPaths));
  }

  #add(folder: string, { files, dice, indexVersion, isSplit, hasUntrackedCache }: TrackedTree): void {
    const paths = Object.keys(files).filter((path) => isFile(join(folder, path)));
    const rolled = (wanted: readonly number[]) =>
      paths.filter((_, at) => wanted.includes(dice[at % dice.length] ?? 0));
    const literal = ['--literal-pathspecs'];
    const each = (args: readonly string[], of: readonly string[]) => {
      if (of.length > 0) this.git(folder, ...literal, ...args, '--', ...of);
    };
    each(['add', '--force'], rolled([0, 1, 2, 3]));
    if (isSplit) this.git(folder, 'update-index', '--split-index');
    this.git(folder, 'update-index', '--index-version', String(indexVersion));
    if (hasUntrackedCache) this.git(folder, 'update-index', '--force-untracked-cache');
    each(['add', '--force', '--intent-to-add'], rolled([4]));
    each(['add', '--force'], rolled([5]));
    each(['rm', '--quiet', '--cached', '--force'], rolled([1]));
    each(['update-index', '--skip-worktree'], rolled([2]));
    each(['update-index', '--assume-unchanged'], rolled([3]));
  }
}

function isFile(path: string): boolean {
  return existsSync(path) && lstatSync(path).isFile() && !path.includes('/.git/') && !path.endsWith('/.git');
}

function lay(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
