import { MAX_RULES, MAX_RULE_LENGTH } from '../shared/ruleLimits.ts';
import { RuleLayer, rulePath } from './ruleLayer.ts';

/**
 * An entry of the editor's `files.exclude` or `search.exclude`. The glob is matched against whole paths below the
 * folder: https://code.visualstudio.com/docs/editor/glob-patterns
 */
export interface ExcludeGlob {
  readonly glob: string;
  /** Holds only for files that have this file beside them; `$(basename)` is the file's name without extension. */
  readonly when?: string;
}

/** Excludes, made ready for matching. */
export interface Excludes {
  /** In the syntax of `.gitignore`. */
  readonly patterns: readonly string[];
  readonly conditional: readonly SiblingExclude[];
}

export interface SiblingExclude {
  readonly rules: RuleLayer;
  readonly when: string;
}

export const NO_EXCLUDES: Excludes = { patterns: [], conditional: [] };

/** Alternatives beyond this are not looked at: no one wrote them by hand. */
const MAX_ALTERNATIVES = 1000;

/** Globs with more braces than this are not looked at: each costs a call, one inside of the other. */
const MAX_BRACES = 100;

/**
 * Writes out the alternatives of globs, and tells those apart that hold beside another file only. Of more than `MAX_RULES`,
 * and of globs that are longer than any path or all braces, nothing is taken: settings of a folder come from whoever wrote it.
 */
export function readExcludes(globs: readonly ExcludeGlob[]): Excludes {
  const patterns: string[] = [];
  const conditional: SiblingExclude[] = [];
  let left = MAX_RULES;
  for (const { glob, when } of globs) {
    if (glob.length > MAX_RULE_LENGTH || glob.split('{').length - 1 > MAX_BRACES) continue;
    const expanded = alternatives(glob).slice(0, Math.max(0, left)).map(toIgnorePattern);
    left -= expanded.length;
    if (when === undefined) patterns.push(...expanded);
    else conditional.push({ rules: new RuleLayer({ folder: '', text: expanded.join('\n') }), when });
  }
  return { patterns, conditional };
}

/** Whether a file is excluded because of what lies beside it. Folders never are. */
export function matchSiblings(
  { rules, when }: SiblingExclude,
  path: string,
  siblings: ReadonlySet<string>,
): boolean {
  if (path.endsWith('/')) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  return siblings.has(when.replaceAll('$(basename)', () => stem)) && isMatched(rules, path);
}

/** Also by its name for a folder around the file. */
function isMatched(rules: RuleLayer, path: string): boolean {
  const { names } = rulePath(path);
  return names.some(
    (_, at) => rules.decide({ names: names.slice(0, at + 1), isFolder: at + 1 < names.length }) === 'ignored',
  );
}

/** `a{b,c}` stands for `ab` and `ac`; braces nest. A brace that is not closed stands for itself. */
function alternatives(glob: string): readonly string[] {
  const open = glob.indexOf('{');
  const close = open < 0 ? -1 : closingBrace(glob, open);
  if (close < 0) return [glob];
  const head = glob.slice(0, open);
  const tails = alternatives(glob.slice(close + 1));
  const choices = splitAtCommas(glob.slice(open + 1, close))
    .flatMap(alternatives)
    .slice(0, MAX_ALTERNATIVES);
  const all: string[] = [];
  for (const choice of choices) {
    all.push(...tails.slice(0, MAX_ALTERNATIVES - all.length).map((tail) => head + choice + tail));
    if (all.length === MAX_ALTERNATIVES) break;
  }
  return all;
}

function closingBrace(glob: string, open: number): number {
  let depth = 0;
  for (let at = open; at < glob.length; at++) {
    if (glob[at] === '{') depth++;
    else if (glob[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}') depth--;
    if (text[at] !== ',' || depth > 0) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  parts.push(text.slice(start));
  return parts;
}

/** The two syntaxes share `*`, `?`, `**` and classes; a glob has no escapes and is bound to the folder. */
function toIgnorePattern(glob: string): string {
  const escaped = glob.replaceAll('\\', '\\\\').replace(/(?<! ) +$/, (spaces) => '\\ '.repeat(spaces.length));
  return `/${escaped.replace(/^\.?\//, '')}`;
}
