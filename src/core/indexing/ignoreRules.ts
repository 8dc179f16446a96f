import { matchSiblings, type SiblingExclude } from './excludeGlob.ts';
import { countRules } from '../shared/ruleLimits.ts';
import { decideByLayers, RuleLayer, rulePath, type RulePath } from './ruleLayer.ts';
import type { SkippedFile } from '../ports/indexStore.ts';
import { NO_OUTER_RULES, NOTHING_TRACKED, type OuterRules, type TrackedPaths } from './outerRules.ts';

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
 * `.gitignore` files say, the editor's excludes, what `.touchstoneignore` files say. What git's files leave out is not left
 * out if git tracks it. Immutable but for what it remembers of folders; each folder with rule files of its own derives a
 * new one, which shares the layers of those above.
 */
export class IgnoreRules {
  readonly #outer: OuterRules;
  readonly #outerLayers: OuterLayers;
  readonly #inner: FolderLayers;
  readonly #ofAll: FolderVerdicts;
  readonly #ofTracked: FolderVerdicts;

  /** With no arguments: the default rules alone. */
  constructor(
    outer: OuterRules = NO_OUTER_RULES,
    outerLayers = layersOf(outer),
    inner: FolderLayers = NO_FOLDER_LAYERS,
  ) {
    this.#outer = outer;
    this.#outerLayers = outerLayers;
    this.#inner = inner;
    const { defaults, git, editor } = outerLayers;
    const ofGit = [...git, ...inner.git];
    const others = [...editor, ...inner.own];
    const layers = [...defaults, ...ofGit, ...others];
    this.#ofAll = new FolderVerdicts((path) => decideByLayers(layers, path));
    this.#ofTracked = new FolderVerdicts((path) => {
      const decision =
        decideByLayers(others, path) ?? (decideByLayers(ofGit, path) === 'kept' ? 'kept' : undefined);
      return decision ?? decideByLayers(defaults, path);
    });
  }

  /** The rules inside `folder`, relative to the indexed folder, which holds these rule files. */
  within(folder: string, files: Readonly<Partial<Record<RuleFile, string>>>): IgnoreRules {
    const git = files['.gitignore'];
    const own = files['.touchstoneignore'];
    if (git === undefined && own === undefined) return this;
    const { place, ignoresCase } = this.#outer;
    const layer = (text: string | undefined, isOfGit: boolean) =>
      text === undefined
        ? []
        : [new RuleLayer({ folder: joinFolders(place, folder), text }, isOfGit && ignoresCase)];
    return new IgnoreRules(this.#outer, this.#outerLayers, {
      git: [...this.#inner.git, ...layer(git, true)],
      own: [...this.#inner.own, ...layer(own, false)],
      count: this.#inner.count + countRules(git ?? '') + countRules(own ?? ''),
    });
  }

  /**
   * The rules inside a folder with something named `.git` in it: those of the repository around end there if it is one of
   * its own. What that one tracks inside is tracked all the same. Rejects as reading git's rules does.
   */
  async inNestedRepository(
    folder: string,
  ): Promise<{ readonly rules: IgnoreRules; readonly unread: readonly SkippedFile[] }> {
    const { nested, place, everywhere, tracked = NOTHING_TRACKED } = this.#outer;
    const said = nested ? await nested(folder) : { everywhere, repository: [] };
    if (said === undefined) return { rules: this, unread: [] };
    const top = joinFolders(place, folder);
    const sources = [...said.everywhere.map((text) => ({ folder: '', text })), ...said.repository];
    const { ignoresCase = false } = said;
    const outer: OuterRules = {
      ...this.#outer,
      everywhere: [],
      repository: sources.map((source) => ({ ...source, folder: joinFolders(top, source.folder) })),
      ignoresCase,
      tracked: said.tracked ? bothTracked(tracked, top, said.tracked) : tracked,
    };
    const { own, count } = this.#inner;
    return {
      rules: new IgnoreRules(outer, layersOf(outer), { git: [], own, count }),
      unread: said.unread ?? [],
    };
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
   * Whether a file, or a folder (`path` ends with `/` then), is left out; a folder in which something is tracked is not.
   * `path` is relative to the indexed folder; `siblings` are the names of all that lies in the same folder.
   */
  ignores(path: string, siblings: ReadonlySet<string> = NOTHING): boolean {
    const { place, excludes, tracked = NOTHING_TRACKED } = this.#outer;
    const placed = rulePath(joinFolders(place, path));
    if (this.#ofAll.isLeftOut(placed)) {
      const name = placed.names.join('/');
      const isTracked = placed.isFolder ? tracked.hasBelow(name) : tracked.has(name);
      if (!isTracked || this.#ofTracked.isLeftOut(placed)) return true;
    }
    return isExcluded(path, siblings, excludes.conditional) && !this.#isTakenBack(placed);
  }

  /** Whether a file is taken back by `!` in a `.touchstoneignore` file, which no guess by its name or text overrules. */
  wants(path: string): boolean {
    const { own } = this.#inner;
    return own.length > 0 && decideByLayers(own, rulePath(joinFolders(this.#outer.place, path))) === 'kept';
  }

  /** Whether rules leave out a file or folder that nobody tracks, the editor's conditional excludes apart. */
  isLeftOut(path: string): boolean {
    return this.#ofAll.isLeftOut(rulePath(joinFolders(this.#outer.place, path)));
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

/** What is decided of paths, given what is said about each alone: below a folder that is left out nothing is kept. */
class FolderVerdicts {
  readonly #decide: (path: RulePath) => 'ignored' | 'kept' | undefined;
  /** Whether a folder, or one around it, is left out. */
  readonly #folders = new Map<string, boolean>();

  constructor(decide: (path: RulePath) => 'ignored' | 'kept' | undefined) {
    this.#decide = decide;
  }

  isLeftOut(path: RulePath): boolean {
    return this.#isBelowIgnored(path.names) || this.#decide(path) === 'ignored';
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
      isIgnored ||= this.#folders.get(path) ?? this.#decide({ names: folder, isFolder: true }) === 'ignored';
      this.#folders.set(path, isIgnored);
    }
    return isIgnored;
  }
}

/** Rules that come from outside of the indexed folder, made ready. Those of its own `.gitignore` files come before the editor's. */
interface OuterLayers {
  readonly defaults: readonly RuleLayer[];
  readonly git: readonly RuleLayer[];
  readonly editor: readonly RuleLayer[];
  /** Of git's rules. */
  readonly count: number;
}

function layersOf({ place, everywhere, repository, ignoresCase, excludes }: OuterRules): OuterLayers {
  const ofGit = [...everywhere.map((text) => ({ folder: '', text })), ...repository];
  return {
    defaults: [new RuleLayer({ folder: place, text: DEFAULT_RULES.join('\n') })],
    git: ofGit.map((source) => new RuleLayer(source, ignoresCase)),
    editor: [new RuleLayer({ folder: place, text: excludes.patterns.join('\n') })],
    count: ofGit.reduce((sum, { text }) => sum + countRules(text), 0),
  };
}

/** What is tracked by a repository, or by one inside it whose top is at `top`. */
function bothTracked(outer: TrackedPaths, top: string, inner: TrackedPaths): TrackedPaths {
  const inside = (path: string) => (path.startsWith(`${top}/`) ? path.slice(top.length + 1) : undefined);
  return {
    has(path) {
      const own = inside(path);
      return outer.has(path) || (own !== undefined && inner.has(own));
    },
    hasBelow(folder) {
      const own = inside(folder);
      return outer.hasBelow(folder) || (own !== undefined && inner.hasBelow(own));
    },
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
