import { matchSiblings, type SiblingExclude } from './excludeGlob.ts';
import { countRules } from '../shared/ruleLimits.ts';
import { decideByLayers, RuleLayer, rulePath, type RulePath } from './ruleLayer.ts';
import { NO_OUTER_RULES, type OuterRules } from './outerRules.ts';

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

/** Rules of the files inside the indexed folder, made ready, and how many they are. */
interface FolderLayers {
  readonly git: readonly RuleLayer[];
  readonly own: readonly RuleLayer[];
  readonly count: number;
}

const NO_FOLDER_LAYERS: FolderLayers = { git: [], own: [], count: 0 };

/**
 * The ignore rules in force in one folder, with git's meaning: a deeper file overrides one further up, and nothing
 * below an ignored folder can be taken back. Later layers override earlier ones: defaults, git's excludes files, what
 * `.gitignore` files say, the editor's excludes, what `.touchstoneignore` files say. Immutable but for what it remembers of
 * folders; each folder with rule files of its own derives a new one, which shares the layers of those above.
 */
export class IgnoreRules {
  readonly #outer: OuterRules;
  readonly #outerLayers: OuterLayers;
  readonly #inner: FolderLayers;
  readonly #layers: readonly RuleLayer[];
  /** Whether a folder, or one around it, is left out. */
  readonly #folders = new Map<string, boolean>();

  /** With no arguments: the default rules alone. */
  constructor(
    outer: OuterRules = NO_OUTER_RULES,
    outerLayers = layersOf(outer),
    inner: FolderLayers = NO_FOLDER_LAYERS,
  ) {
    this.#outer = outer;
    this.#outerLayers = outerLayers;
    this.#inner = inner;
    this.#layers = [...outerLayers.before, ...inner.git, ...outerLayers.after, ...inner.own];
  }

  /** The rules inside `folder`, relative to the indexed folder, which holds these rule files. */
  within(folder: string, files: Readonly<Partial<Record<RuleFile, string>>>): IgnoreRules {
    const git = files['.gitignore'];
    const own = files['.touchstoneignore'];
    if (git === undefined && own === undefined) return this;
    const layer = (text: string | undefined) =>
      text === undefined ? [] : [new RuleLayer({ folder: joinFolders(this.#outer.place, folder), text })];
    return new IgnoreRules(this.#outer, this.#outerLayers, {
      git: [...this.#inner.git, ...layer(git)],
      own: [...this.#inner.own, ...layer(own)],
      count: this.#inner.count + countRules(git ?? '') + countRules(own ?? ''),
    });
  }

  /** The rules inside a folder that is a git repository of its own: those of the one around it end there. */
  inNestedRepository(): IgnoreRules {
    const { own, count } = this.#inner;
    const outer = { ...this.#outer, repository: [] };
    return new IgnoreRules(outer, layersOf(outer), { git: [], own, count });
  }

  /** How many rules of files are in force, or were in the repositories around this one. */
  get count(): number {
    return this.#outerLayers.count + this.#inner.count;
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
    const placed = rulePath(joinFolders(place, path));
    if (this.#isBelowIgnored(placed.names) || decideByLayers(this.#layers, placed) === 'ignored') return true;
    return isExcluded(path, siblings, excludes.conditional) && !this.#isTakenBack(placed);
  }

  /** Whether a file is taken back by `!` in a `.touchstoneignore` file, which no guess by its name or text overrules. */
  wants(path: string): boolean {
    const { own } = this.#inner;
    return own.length > 0 && decideByLayers(own, rulePath(joinFolders(this.#outer.place, path))) === 'kept';
  }

  /** Whether a folder around the last of the names is left out. Looks at each folder once. */
  #isBelowIgnored(names: readonly string[]): boolean {
    const around: string[] = names.slice(0, -1);
    const known = this.#folders.get(around.join('/'));
    if (known !== undefined || around.length === 0) return known ?? false;
    let isIgnored = false;
    for (let depth = 1; depth <= around.length; depth++) {
      const folder = around.slice(0, depth);
      const path = folder.join('/');
      isIgnored ||=
        this.#folders.get(path) ??
        decideByLayers(this.#layers, { names: folder, isFolder: true }) === 'ignored';
      this.#folders.set(path, isIgnored);
    }
    return isIgnored;
  }

  /** What the own rules take back, itself or with a folder around it, the editor's conditional excludes do not take away. */
  #isTakenBack({ names, isFolder }: RulePath): boolean {
    const { own } = this.#inner;
    for (let depth = own.length === 0 ? 0 : names.length; depth > 0; depth--) {
      const path = { names: names.slice(0, depth), isFolder: isFolder || depth < names.length };
      const decision = decideByLayers(own, path);
      if (decision !== undefined) return decision === 'kept';
    }
    return false;
  }
}

/** Rules that come from outside of the indexed folder, made ready: those that its own `.gitignore` files come after, and before. */
interface OuterLayers {
  readonly before: readonly RuleLayer[];
  readonly after: readonly RuleLayer[];
  readonly count: number;
}

function layersOf({ place, everywhere, repository, excludes }: OuterRules): OuterLayers {
  const ofGit = [...everywhere.map((text) => ({ folder: '', text })), ...repository];
  return {
    before: [{ folder: place, text: DEFAULT_RULES.join('\n') }, ...ofGit].map(
      (source) => new RuleLayer(source),
    ),
    after: [new RuleLayer({ folder: place, text: excludes.patterns.join('\n') })],
    count: ofGit.reduce((sum, { text }) => sum + countRules(text), 0),
  };
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
