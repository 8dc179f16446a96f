import ignore, { type Ignore } from 'ignore';

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

interface Source {
  /** The folder the file lies in, which its patterns are relative to. */
  readonly folder: string;
  readonly text: string;
}

/**
 * The ignore rules in force in one folder, with git's meaning: a deeper file overrides one further up, and nothing
 * below an ignored folder can be taken back. Immutable; each folder with rule files of its own derives a new one.
 */
export class IgnoreRules {
  readonly #git: readonly Source[];
  readonly #own: readonly Source[];
  readonly #matcher: Ignore;

  /** With no arguments: the default rules alone. */
  constructor(git: readonly Source[] = [], own: readonly Source[] = []) {
    this.#git = git;
    this.#own = own;
    this.#matcher = ignore({ ignorecase: false }).add(DEFAULT_RULES);
    for (const { folder, text } of [...git, ...own]) this.#matcher.add(rootedPatterns(folder, text));
  }

  /** The rules inside `folder`, which holds these rule files. */
  within(folder: string, files: Readonly<Partial<Record<RuleFile, string>>>): IgnoreRules {
    const git = files['.gitignore'];
    const own = files['.touchstoneignore'];
    if (git === undefined && own === undefined) return this;
    return new IgnoreRules(
      git === undefined ? this.#git : [...this.#git, { folder, text: git }],
      own === undefined ? this.#own : [...this.#own, { folder, text: own }],
    );
  }

  /** Whether a file, or a folder (`path` ends with `/` then), is left out. `path` is relative to the root. */
  ignores(path: string): boolean {
    return this.#matcher.ignores(path);
  }
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
