import { type Excludes, NO_EXCLUDES } from './excludeGlob.ts';
import type { RuleSource } from './ruleLayer.ts';

/** What git leaves out for reasons that lie outside the indexed folder. */
export interface GitRules {
  /** The folder's own path inside its git repository; `''` when it is the top of one or in none. */
  readonly place: string;
  /** Texts that hold at the top of every repository: git's `core.excludesFile`. */
  readonly everywhere: readonly string[];
  /** What this repository says outside the folder, folders relative to its top: `info/exclude`, `.gitignore` further up. */
  readonly repository: readonly RuleSource[];
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
