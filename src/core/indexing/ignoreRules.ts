import ignore, { type Ignore } from 'ignore';
import { matchSiblings, type SiblingExclude } from './excludeGlob.ts';
import { countRules } from './ruleLimits.ts';
import { NO_OUTER_RULES, type OuterRules, type RuleSource } from './outerRules.ts';

/** Files that hold rules, in the order in which their rules apply: the last rule that matches decides. */
export const RULE_FILES = ['.gitignore', '.touchstoneignore'] as const;
export type RuleFile = (typeof RULE_FILES)[number];

/**
 * Left out unless a rule file says otherwise: folders that tools fill with other people's code, or with caches. Names
 * that are as often a project's own (`build`, `dist`, `out`, `target`, `vendor`) are not here: `.gitignore` knows.
 */
export const DEFAULT_RULES = [
  'node_modules bower_components jspm_packages site-packages .venv __pycache__ .tox .nox .eggs',
  '.mypy_cache .pytest_cache .ruff_cache .gradle .terraform .dart_tool .stack-work elm-stuff',
  '.next .nuxt .svelte-kit .turbo .parcel-cache .nyc_output .vscode-test .hg .svn .jj',
]
  .flatMap((names) => names.split(' '))
  .map((name) => `${name}/`);

/**
 * The ignore rules in force in one folder, with git's meaning: a deeper file overrides one further up, and nothing
 * below an ignored folder can be taken back. Later layers override earlier ones: defaults, git's excludes files, what
 * `.gitignore` files say, the editor's excludes, what `.touchstoneignore` files say. Immutable; each folder with rule
 * files of its own derives a new one.
 */
export class IgnoreRules {
  readonly #outer: OuterRules;
  readonly #git: readonly RuleSource[];
  readonly #own: readonly RuleSource[];
  readonly #count: number;
  readonly #matcher: Ignore;
  /** The own rules alone: what they take back, the editor's conditional excludes do not take away. */
  readonly #ownMatcher: Ignore;

  /** With no arguments: the default rules alone. Folders of `git` and `own` are relative to the indexed folder. */
  constructor(
    outer: OuterRules = NO_OUTER_RULES,
    git: readonly RuleSource[] = [],
    own: readonly RuleSource[] = [],
  ) {
    this.#outer = outer;
    this.#git = git;
    this.#own = own;
    const { place, everywhere, repository, excludes } = outer;
    const here = (source: RuleSource): RuleSource => ({
      ...source,
      folder: joinFolders(place, source.folder),
    });
    const texts = [...everywhere, ...[...repository, ...git, ...own].map(({ text }) => text)];
    this.#count = texts.reduce((sum, text) => sum + countRules(text), 0);
    this.#ownMatcher = matcherOf(own.map(here));
    this.#matcher = matcherOf([
      { folder: place, text: DEFAULT_RULES.join('\n') },
      ...everywhere.map((text) => ({ folder: '', text })),
      ...repository,
      ...git.map(here),
      { folder: place, text: excludes.patterns.join('\n') },
      ...own.map(here),
    ]);
  }

  /** The rules inside `folder`, which holds these rule files. */
  within(folder: string, files: Readonly<Partial<Record<RuleFile, string>>>): IgnoreRules {
    const git = files['.gitignore'];
    const own = files['.touchstoneignore'];
    if (git === undefined && own === undefined) return this;
    return new IgnoreRules(
      this.#outer,
      git === undefined ? this.#git : [...this.#git, { folder, text: git }],
      own === undefined ? this.#own : [...this.#own, { folder, text: own }],
    );
  }

  /** The rules inside a folder that is a git repository of its own: those of the one around it end there. */
  inNestedRepository(): IgnoreRules {
    return new IgnoreRules({ ...this.#outer, repository: [] }, [], this.#own);
  }

  /** How many rules of files are in force. */
  get count(): number {
    return this.#count;
  }

  /** Whether leaving a file out can depend on the names beside it. */
  get needsSiblings(): boolean {
    return this.#outer.excludes.conditional.length > 0;
  }

  /**
   * Whether a file, or a folder (`path` ends with `/` then), is left out. `path` is relative to the indexed folder;
   * `siblings` are the names of all that lies in the same folder.
   */
  ignores(path: string, siblings: ReadonlySet<string> = NOTHING): boolean {
    const { place, excludes } = this.#outer;
    const placed = joinFolders(place, path);
    if (this.#matcher.ignores(placed)) return true;
    return isExcluded(path, siblings, excludes.conditional) && !this.#ownMatcher.test(placed).unignored;
  }
}

const NOTHING: ReadonlySet<string> = new Set();

function isExcluded(
  path: string,
  siblings: ReadonlySet<string>,
  excludes: readonly SiblingExclude[],
): boolean {
  return excludes.some((exclude) => matchSiblings(exclude, path, siblings));
}

function joinFolders(outer: string, inner: string): string {
  return outer === '' || inner === '' ? outer + inner : `${outer}/${inner}`;
}

function matcherOf(sources: readonly RuleSource[]): Ignore {
  const matcher = ignore({ ignorecase: false });
  for (const { folder, text } of sources) matcher.add(rootedPatterns(folder, text));
  return matcher;
}

/**
 * The patterns of a rule file, rewritten to be relative to the root, so that one matcher knows all files' rules in
 * their order and an override across files works as git says.
 */
function rootedPatterns(folder: string, text: string): readonly string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (folder === '') return lines;
  const prefix = `/${folder.replace(/[\\*?[\] ]/g, '\\$&')}/`;
  return lines.flatMap((line) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const isNegative = line.startsWith('!');
    const pattern = isNegative ? line.slice(1) : line;
    const isAnchored = /\/(?!\s*$)/.test(pattern);
    const rooted = isAnchored ? prefix + pattern.replace(/^\//, '') : `${prefix}**/${pattern}`;
    return [isNegative ? `!${rooted}` : rooted];
  });
}
