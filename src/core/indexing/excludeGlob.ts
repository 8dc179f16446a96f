import { countRules, MAX_RULES, MAX_RULE_LENGTH } from '../shared/ruleLimits.ts';
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

/** Excludes as they were read. */
export interface ReadExcludes extends Excludes {
  /** Globs that do not hold as they are written: of these only a part was taken, or nothing. */
  readonly cut: readonly string[];
}

/**
 * Writes out the alternatives of globs, and tells those apart that hold beside another file only. As many are taken as rules
 * of files may be, counted alike: settings of a folder come from whoever wrote it. Of globs that are longer than any path, all
 * braces, or have line breaks, nothing is.
 */
export function readExcludes(globs: readonly ExcludeGlob[]): ReadExcludes {
  const patterns: string[] = [];
  const conditional: SiblingExclude[] = [];
  const cut: string[] = [];
  let left = MAX_RULES;
  for (const { glob, when } of globs) {
    const { texts, isCut } = expand(glob);
    const all = texts.map(toIgnorePattern);
    const taken: string[] = [];
    for (const pattern of all) {
      const rules = countRules(pattern);
      if (rules > left) break;
      left -= rules;
      taken.push(pattern);
    }
    if (isCut || taken.length < all.length) cut.push(glob);
    if (when === undefined) for (const pattern of taken) patterns.push(pattern);
    else conditional.push({ rules: new RuleLayer({ folder: '', text: taken.join('\n') }), when });
  }
  return { patterns, conditional, cut };
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

interface Expansion {
  readonly texts: readonly string[];
  /** There would be more. */
  readonly isCut: boolean;
}

function expand(glob: string): Expansion {
  const isRefused =
    glob.length > MAX_RULE_LENGTH || /[\r\n]/.test(glob) || glob.split('{').length - 1 > MAX_BRACES;
  return isRefused ? { texts: [], isCut: true } : alternatives(glob);
}

/** `a{b,c}` stands for `ab` and `ac`; braces nest. A brace that is not closed stands for itself. */
function alternatives(glob: string): Expansion {
  const open = glob.indexOf('{');
  const close = open < 0 ? -1 : closingBrace(glob, open);
  if (close < 0) return { texts: [glob], isCut: false };
  const head = glob.slice(0, open);
  const tails = alternatives(glob.slice(close + 1));
  const inside = splitAtCommas(glob.slice(open + 1, close)).map(alternatives);
  const choices = inside.flatMap(({ texts }) => texts);
  const texts: string[] = [];
  for (const choice of choices) {
    if (texts.length === MAX_ALTERNATIVES) break;
    for (const tail of tails.texts.slice(0, MAX_ALTERNATIVES - texts.length))
      texts.push(head + choice + tail);
  }
  const isCut = tails.isCut || inside.some((part) => part.isCut);
  return { texts, isCut: isCut || texts.length < choices.length * tails.texts.length };
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
