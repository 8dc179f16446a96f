/**
 * A pattern of `.gitignore`, with git's meaning: https://git-scm.com/docs/gitignore. Matching takes at most as many steps
 * as the pattern has characters times the path has, however the pattern is made.
 */
export interface GitPattern {
  /** `!`: what matches is taken back. */
  readonly isNegative: boolean;
  /** Ends with `/`: matches folders only. */
  readonly isFolder: boolean;
  /** Without a `/` elsewhere: matches the last name of a path, in whatever folder. */
  readonly isName: boolean;
  readonly segments: readonly Segment[];
}

/** What one name of a path has to be like; `GLOBSTAR` stands for any number of names. */
type Segment = readonly Token[] | typeof GLOBSTAR;
/** A UTF-16 unit, `ANY` one, `STAR` for any number of units, or one of a class. */
type Token = number | CharacterClass;

interface CharacterClass {
  readonly isNegated: boolean;
  /** First and last units. */
  readonly ranges: readonly (readonly [number, number])[];
}

const GLOBSTAR = '**';
const ANY = -1;
const STAR = -2;

/**
 * `undefined` for an empty line, a comment, and what can match nothing.
 *
 * @param ignoresCase the pattern is tried on names without capitals (`foldCase`), which its own stand for
 */
export function parseGitPattern(line: string, ignoresCase = false): GitPattern | undefined {
  if (line.startsWith('#')) return undefined;
  const trimmed = withoutTrailingBlanks(line);
  const isNegative = trimmed.startsWith('!');
  const whole = isNegative ? trimmed.slice(1) : trimmed;
  const isFolder = whole.endsWith('/');
  const body = isFolder ? whole.slice(0, -1) : whole;
  if (body === '') return undefined;
  const segments = new SegmentReader(body.startsWith('/') ? body.slice(1) : body, ignoresCase).read();
  return segments && { isNegative, isFolder, isName: !body.includes('/'), segments };
}

/** ASCII capitals made small, the only letters of which git knows both cases. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

/** Whether the pattern matches the path of these names, of which those before `from` are the folder that it belongs to. */
export function matchesNames(
  { isName, segments }: GitPattern,
  names: readonly string[],
  from: number,
): boolean {
  return matchSegments(segments, names, isName ? names.length - 1 : from);
}

/** Only the last `GLOBSTAR` has to be gone back to: what an earlier one could still take, it can take as well. */
function matchSegments(segments: readonly Segment[], names: readonly string[], from: number): boolean {
  let at = 0;
  let name = from;
  let star = -1;
  let starName = from;
  while (name < names.length) {
    const segment = segments[at];
    if (segment === GLOBSTAR) {
      if (at === segments.length - 1) return true;
      star = at++;
      starName = name;
    } else if (segment !== undefined && matchName(segment, names[name] ?? '')) {
      at++;
      name++;
    } else if (star >= 0) {
      at = star + 1;
      name = ++starName;
    } else return false;
  }
  return at === segments.length;
}

function matchName(tokens: readonly Token[], name: string): boolean {
  let at = 0;
  let unit = 0;
  let star = -1;
  let starUnit = 0;
  while (unit < name.length) {
    const token = tokens[at];
    if (token === STAR) {
      if (at === tokens.length - 1) return true;
      star = at++;
      starUnit = unit;
    } else if (token !== undefined && matchUnit(token, name.charCodeAt(unit))) {
      at++;
      unit++;
    } else if (star >= 0) {
      at = star + 1;
      unit = ++starUnit;
    } else return false;
  }
  while (tokens[at] === STAR) at++;
  return at === tokens.length;
}

function matchUnit(token: Token, unit: number): boolean {
  if (typeof token === 'number') return token === unit || token === ANY;
  return token.isNegated !== token.ranges.some(([first, last]) => first <= unit && unit <= last);
}

/** Blanks that no `\` stands before are no part of a pattern. */
function withoutTrailingBlanks(line: string): string {
  let end = 0;
  for (let at = 0; at < line.length; at++) {
    const isEscaped = line[at] === '\\';
    if (isEscaped) at++;
    if (isEscaped || line[at] !== ' ') end = at + 1;
  }
  return line.slice(0, end);
}

/** Unit ranges of the classes that have names, as pairs of first and last. */
const NAMED_CLASSES: ReadonlyMap<string, readonly string[]> = new Map([
  ['alnum', ['09', 'AZ', 'az']],
  ['alpha', ['AZ', 'az']],
  ['blank', ['  ', '\t\t']],
  ['cntrl', ['\0\x1f', '\x7f\x7f']],
  ['digit', ['09']],
  ['graph', ['!~']],
  ['lower', ['az']],
  ['print', [' ~']],
  ['punct', ['!/', ':@', '[`', '{~']],
  ['space', ['  ', '\t\n', '\r\r']],
  ['upper', ['AZ']],
  ['xdigit', ['09', 'AF', 'af']],
]);

const CAPITALS = [65, 90] as const;
const TO_SMALL = 32;

/** A range holds the small letters of its capitals too; git does not say so of a capital that is alone. */
function withSmallLetters(range: readonly [number, number]): readonly (readonly [number, number])[] {
  const first = Math.max(range[0], CAPITALS[0]);
  const last = Math.min(range[1], CAPITALS[1]);
  return first < last ? [range, [first + TO_SMALL, last + TO_SMALL]] : [range];
}

class SegmentReader {
  readonly #pattern: string;
  readonly #ignoresCase: boolean;
  #at = 0;

  constructor(pattern: string, ignoresCase: boolean) {
    this.#pattern = pattern;
    this.#ignoresCase = ignoresCase;
  }

  /** `undefined` for a pattern that git gives up on: an open class, or a `\` with nothing after it. */
  read(): readonly Segment[] | undefined {
    const segments: Segment[] = [];
    let tokens: Token[] = [];
    let isGlobstar = false;
    const endSegment = () => {
      segments.push(isGlobstar ? GLOBSTAR : tokens);
      tokens = [];
      isGlobstar = false;
    };
    while (this.#at < this.#pattern.length) {
      const character = this.#pattern[this.#at];
      if (character === '/') {
        endSegment();
        this.#at++;
      } else if (character === '*') {
        const isAlone = tokens.length === 0;
        const stars = this.#skipStars();
        isGlobstar = isAlone && stars > 1 && this.#isAtSegmentEnd;
        if (!isGlobstar) tokens.push(STAR);
      } else {
        const token = this.#token();
        if (token === undefined) return undefined;
        tokens.push(token);
      }
    }
    endSegment();
    return segments;
  }

  get #isAtSegmentEnd(): boolean {
    return this.#at === this.#pattern.length || this.#pattern[this.#at] === '/';
  }

  #skipStars(): number {
    const from = this.#at;
    while (this.#pattern[this.#at] === '*') this.#at++;
    return this.#at - from;
  }

  #token(): Token | undefined {
    switch (this.#pattern[this.#at]) {
      case '?':
        this.#at++;
        return ANY;
      case '[':
        this.#at++;
        return this.#characterClass();
      default:
        return this.#letter();
    }
  }

  #letter(): number | undefined {
    const unit = this.#unit();
    return unit !== undefined && this.#ignoresCase && CAPITALS[0] <= unit && unit <= CAPITALS[1]
      ? unit + TO_SMALL
      : unit;
  }

  /** The next unit, or the one that a `\` stands before. */
  #unit(): number | undefined {
    if (this.#pattern[this.#at] === '\\') this.#at++;
    if (this.#at >= this.#pattern.length) return undefined;
    return this.#pattern.charCodeAt(this.#at++);
  }

  /** After the `[`. A `]` that comes first is a member. */
  #characterClass(): CharacterClass | undefined {
    const isNegated = /[!^]/.test(this.#pattern[this.#at] ?? '');
    if (isNegated) this.#at++;
    const ranges: (readonly [number, number])[] = [];
    for (let isFirst = true; isFirst || this.#pattern[this.#at] !== ']'; isFirst = false) {
      const members = this.#members();
      if (members === undefined) return undefined;
      for (const range of members) ranges.push(range);
    }
    this.#at++;
    return { isNegated, ranges: this.#ignoresCase ? ranges.flatMap(withSmallLetters) : ranges };
  }

  /** One unit, a range, or a class with a name; of a range that runs backwards, the first unit only. */
  #members(): readonly (readonly [number, number])[] | undefined {
    if (this.#pattern.startsWith('[:', this.#at)) {
      const end = this.#pattern.indexOf(']', this.#at + 2);
      if (end < 0) return undefined;
      if (end > this.#at + 2 && this.#pattern[end - 1] === ':') {
        const named = NAMED_CLASSES.get(this.#pattern.slice(this.#at + 2, end - 1));
        this.#at = end + 1;
        return named?.map((range) => [range.charCodeAt(0), range.charCodeAt(1)] as const);
      }
    }
    const first = this.#unit();
    if (first === undefined) return undefined;
    const isRange = this.#pattern[this.#at] === '-' && !['', ']'].includes(this.#pattern[this.#at + 1] ?? '');
    if (!isRange) return [[first, first]];
    this.#at++;
    const last = this.#unit();
    return last === undefined ? undefined : [[first, Math.max(first, last)]];
  }
}
