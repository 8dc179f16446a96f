import { foldCase, type GitPattern, matchesNames, parseGitPattern } from './gitPattern.ts';

/** A path as rules see it. */
export interface RulePath {
  readonly names: readonly string[];
  readonly isFolder: boolean;
}

/** A path that ends with `/` is a folder's. */
export function rulePath(path: string): RulePath {
  const isFolder = path.endsWith('/');
  return { names: (isFolder ? path.slice(0, -1) : path).split('/'), isFolder };
}

/** The patterns of one rule file, which hold below its folder; the last that matches decides. */
export class RuleLayer {
  readonly #folder: readonly string[];
  /** The last first. */
  readonly #patterns: readonly GitPattern[];
  readonly #ignoresCase: boolean;

  constructor({ folder, text }: RuleSource, ignoresCase = false) {
    this.#ignoresCase = ignoresCase;
    this.#folder = folder === '' ? [] : folder.split('/');
    this.#patterns = text
      .replace(/^\ufeff/, '')
      .split(/\r?\n/)
      .flatMap((line) => parseGitPattern(line, ignoresCase) ?? [])
      .reverse();
  }

  /** `undefined` when nothing is said about the path itself. */
  decide({ names, isFolder }: RulePath): 'ignored' | 'kept' | undefined {
    const depth = this.#folder.length;
    if (names.length <= depth || this.#folder.some((name, at) => names[at] !== name)) return undefined;
    const seen = this.#ignoresCase ? names.map(foldCase) : names;
    for (const pattern of this.#patterns) {
      if (pattern.isFolder && !isFolder) continue;
      if (matchesNames(pattern, seen, depth)) return pattern.isNegative ? 'kept' : 'ignored';
    }
    return undefined;
  }
}

/** The last layer that says something decides. */
export function decideByLayers(layers: readonly RuleLayer[], path: RulePath): 'ignored' | 'kept' | undefined {
  for (let at = layers.length - 1; at >= 0; at--) {
    const decision = layers[at]?.decide(path);
    if (decision !== undefined) return decision;
  }
  return undefined;
}

/** The text of a rule file. */
export interface RuleSource {
  /** The folder the file lies in, which its patterns are relative to; `''` for the root. */
  readonly folder: string;
  readonly text: string;
}
