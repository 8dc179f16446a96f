import { readExcludes, type ExcludeGlob } from './excludeGlob.ts';
import { IgnoreRules } from './ignoreRules.ts';
import { NO_OUTER_RULES, type GitRules, type OuterRules } from './outerRules.ts';

/**
 * All rules from outside a folder. A folder that its repository ignores as a whole was opened all the same, so nothing
 * that the repository says about it holds, and all of it counts, tracked or not.
 */
export function composeOuterRules(git: GitRules, globs: readonly ExcludeGlob[]): OuterRules {
  const rules: OuterRules = { ...NO_OUTER_RULES, excludes: readExcludes(globs) };
  if (git.place === '') return { ...rules, ...git };
  const fromTop = new IgnoreRules({ ...NO_OUTER_RULES, ...git, place: '' });
  const { everywhere, nested } = git;
  return fromTop.isLeftOut(`${git.place}/`)
    ? { ...rules, everywhere, ...(nested && { nested }) }
    : { ...rules, ...git };
}
