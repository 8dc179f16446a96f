import { type Excludes, NO_EXCLUDES } from './excludeGlob.ts';
import type { SkippedFile } from '../ports/indexStore.ts';
import type { RuleSource } from './ruleLayer.ts';

/** What git tracks of a repository, by paths relative to its top: its rules do not hold for these. */
export interface TrackedPaths {
  has(path: string): boolean;
  /** Whether anything in the folder is tracked, or the folder as a repository of its own. */
  hasBelow(folder: string): boolean;
}

export const NOTHING_TRACKED: TrackedPaths = { has: () => false, hasBelow: () => false };

/** What one repository says of its files. */
export interface RepositoryRules {
  /** Texts that hold at the top of every repository: git's `core.excludesFile`. */
  readonly everywhere: readonly string[];
  /** What this repository says outside the folder, folders relative to its top: `info/exclude`, `.gitignore` further up. */
  readonly repository: readonly RuleSource[];
  /** `core.ignoreCase`: in git's rules, ASCII letters of either case are the same. */
  readonly ignoresCase?: boolean;
  readonly tracked?: TrackedPaths;
  /** What could not be read of it, its path relative to the indexed folder. */
  readonly unread?: readonly SkippedFile[];
}

/** What git leaves out for reasons that lie outside the indexed folder. */
export interface GitRules extends RepositoryRules {
  /** The folder's own path inside its git repository; `''` when it is the top of one or in none. */
  readonly place: string;
  /**
   * What the repository says whose top is this folder, relative to the indexed one; `undefined` when it is none, though
   * there is something named `.git` in it. Without this every such folder is a repository with no more rules.
   */
  readonly nested?: (folder: string) => Promise<RepositoryRules | undefined>;
}

/** Rules that do not come from files inside the indexed folder. */
export interface OuterRules extends GitRules {
  /** The editor's excludes. */
  readonly excludes: Excludes;
}

export const NO_OUTER_RULES: OuterRules = {
  place: '',
  everywhere: [],
  repository: [],
  excludes: NO_EXCLUDES,
};
