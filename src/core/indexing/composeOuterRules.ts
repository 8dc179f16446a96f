import { readExcludes, type ExcludeGlob } from './excludeGlob.ts';
import { IgnoreRules } from './ignoreRules.ts';
import { NO_OUTER_RULES, type GitRules, type OuterRules } from './outerRules.ts';

/**
 * All rules from outside a folder. A folder that its repository ignores as a whole was opened all the same, so nothing
 * that the repository says about it holds.
 *
 * @param git `undefined` for a folder in no repository
 */
export function composeOuterRules(git: GitRules | undefined, globs: readonly ExcludeGlob[]): OuterRules {
  const rules: OuterRules = { ...NO_OUTER_RULES, excludes: readExcludes(globs) };
  if (git === undefined) return rules;
  if (git.place === '') return { ...rules, ...git };
  const fromTop = new IgnoreRules({ ...NO_OUTER_RULES, ...git, place: '' });
  return fromTop.ignores(`${git.place}/`) ? { ...rules, everywhere: git.everywhere } : { ...rules, ...git };
}
