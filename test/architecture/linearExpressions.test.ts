import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type AttackText, attackTexts } from './rules/attackTexts.ts';
import { type Expression, expressionsIn } from './rules/expressions.ts';
import { plant, readSources, repository } from './rules/sourceFiles.ts';

/**
 * Expressions that see short texts only, by file and beginning, and what makes them short. They may take time in the square of
 * it. What is measured is the time for sixteen times as much text: about sixteen times as long, or the square of that.
 */
const BOUNDED: readonly (readonly [file: string, beginning: string, why: string])[] = [
  ['src/core/chat/question.ts', '', 'of a question, 500 characters are looked at'],
  [
    'src/core/retrieval/queryTerms.ts',
    String.raw`[\p{L}\p{N}_$.@`,
    'of a query, 1,000 characters are searched for names',
  ],
  ['src/evals/sources/commitSource.ts', '', 'a subject of more than 300 characters is no question'],
  ['src/core/secrets/isSecretPath.ts', '', 'a name of more than 255 characters is on no disk'],
];

/** Files that put expressions together for one use, and what makes those harmless. */
const MADE_FOR_ONE_USE: Readonly<Record<string, string>> = {
  'src/webview/chat/answer/answerBlocks.ts': 'bound to the beginning of a line, of one repeated mark',
};

/** UTF-16 units. The first ones lie close together, to show what doubles with every character before it never ends. */
const SIZES = [16, 24, 32, 48, 64, 96, 144, 200, 400, 2_000, 8_000, 32_000] as const;
/** For the texts that took longest so far: a square that is small at first shows in lines as long as files have them. */
const LONG_LINES = [128_000, 600_000] as const;
/** A text is timed beside a part of it: linear takes as many times as long, quadratic as many times that again. */
const PART = 16;
/** Of the time that a linear expression takes. Half way between linear and quadratic, a factor of four from either. */
const MAX_GROWTH = 4;
/** The clock of a thread moves on only when the system looks at it, every few milliseconds. */
const TICK_MS = 4;
/** Below this, the clock says more about itself than about the expression. */
const TELLING_MS = 5 * TICK_MS;

function textOf({ before, pump, after }: AttackText, length: number): string {
  return before + pump.repeat(Math.max(1, Math.floor(length / pump.length))) + after;
}

/** Of this thread alone where that can be had: others on the machine do not make an expression slow. */
function clock(): number {
  // eslint-disable-next-line no-restricted-syntax -- two measurements of one run are compared
  if (!('threadCpuUsage' in process)) return performance.now();
  const { user, system } = (process as unknown as { threadCpuUsage(): NodeJS.CpuUsage }).threadCpuUsage();
  return (user + system) / 1000;
}

/** As it is used at most: at every place of a text. */
function timeOf(expression: RegExp, text: string): number {
  const start = clock();
  expression.lastIndex = 0;
  while (expression.lastIndex <= text.length) {
    const { lastIndex } = expression;
    const fits = expression.test(text);
    if (!fits && !expression.sticky) break;
    if (!fits || expression.lastIndex === lastIndex) expression.lastIndex = lastIndex + 1;
  }
  return clock() - start;
}

/** A text for which the time grows faster than the text; `undefined` when there is none. */
function slowText({ source, flags }: Pick<Expression, 'source' | 'flags'>): string | undefined {
  const expression = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  const times: { readonly text: AttackText; readonly ms: number }[] = [];
  for (const text of attackTexts(source, flags)) {
    // eslint-disable-next-line no-restricted-syntax -- texts are compared with each other
    const start = performance.now();
    for (const [at, size] of SIZES.slice(0, -1).entries()) {
      if (timeOf(expression, textOf(text, size)) < TELLING_MS) continue;
      if (growsTooFast(expression, text, at)) return JSON.stringify(text);
      // Judged once, at the first size that tells; of the small ones, each does.
      if (size >= 400) break;
    }
    // eslint-disable-next-line no-restricted-syntax -- as above
    times.push({ text, ms: performance.now() - start });
  }
  for (const { text } of times.toSorted((a, b) => b.ms - a.ms).slice(0, 3)) {
    if (LONG_LINES.some((size) => judge(expression, text, size).isSlow)) return JSON.stringify(text);
  }
  return undefined;
}

/**
 * Whether the time grows faster than the text from this size on, up to long texts, where a bound on repetitions no longer
 * shows. Goes no further than to a size that takes long already: it may never end for a larger one.
 */
function growsTooFast(expression: RegExp, text: AttackText, at: number): boolean {
  for (const size of SIZES.slice(at)) {
    const { isSlow, ms } = judge(expression, text, size);
    if (!isSlow) return false;
    if (ms > ENDLESS_MS) return true;
  }
  return true;
}

/** For a text of this much or less, long enough to say that a line of a file would take minutes. */
const ENDLESS_MS = 30;

/** What is said against an expression is to be true so many times. */
const VERDICTS = 3;

/** Compares the time for a text with the time for its parts, one by one. `ms` is the shortest time for the text. */
function judge(
  expression: RegExp,
  text: AttackText,
  size: number,
): { readonly isSlow: boolean; readonly ms: number } {
  const [part, whole] = [textOf(text, Math.max(8, size / PART)), textOf(text, size)];
  let shortest = Number.POSITIVE_INFINITY;
  for (let verdict = 0; verdict < VERDICTS; verdict++) {
    const ms = timeOf(expression, whole);
    shortest = Math.min(shortest, ms);
    if (ms < TELLING_MS) return { isSlow: false, ms: shortest };
    const start = clock();
    for (let length = 0; length < whole.length; length += part.length) timeOf(expression, part);
    if (ms < MAX_GROWTH * Math.max(clock() - start, TICK_MS)) return { isSlow: false, ms: shortest };
  }
  return { isSlow: true, ms: shortest };
}

const sources = new Map([...readSources()].filter(([file]) => !file.startsWith('src/bench/')));
const { written, made } = expressionsIn(sources);
const isBounded = ({ file, source }: Expression) =>
  BOUNDED.some(([where, beginning]) => where === file && source.startsWith(beginning));

describe('attack: no expression takes time in the square of a line', () => {
  const byFile = Map.groupBy(
    written.filter((expression) => !isBounded(expression)),
    ({ file }) => file,
  );

  test.each([...byFile])('attack: %s', (_, expressions) => {
    const slow = expressions.flatMap((expression) => {
      const text = slowText(expression);
      return text === undefined ? [] : [`${expression.line}: /${expression.source}/ for ${text}`];
    });
    expect(slow).toEqual([]);
  });

  describe('nor one that is put together when a file is loaded', () => {
    const seen: (Pick<Expression, 'source' | 'flags'> & { readonly from: string })[] = [];
    const files = [...new Set(made.map(({ file }) => file))].filter((file) => !(file in MADE_FOR_ONE_USE));

    beforeAll(async () => {
      const Original = globalThis.RegExp;
      globalThis.RegExp = new Proxy(Original, {
        construct(target, args: ConstructorParameters<typeof RegExp>) {
          const expression = new target(...args);
          seen.push({ ...pick(expression), from: new Error('here').stack ?? '' });
          return expression;
        },
      });
      try {
        for (const file of files) await import(/* @vite-ignore */ join(repository, file));
      } finally {
        globalThis.RegExp = Original;
      }
    });

    test.each(files)('attack: %s', (file) => {
      const own = seen.filter(({ from }) => from.includes(file));
      expect(own.length).toBeGreaterThan(0);
      const isShort = BOUNDED.some(([where, beginning]) => where === file && beginning === '');
      const slow = isShort ? [] : own.flatMap((each) => slowText(each) ?? []);
      expect(slow).toEqual([]);
    });
  });
});

function pick({ source, flags }: RegExp): Pick<Expression, 'source' | 'flags'> {
  return { source, flags };
}

describe('the test itself', () => {
  test.each([
    String.raw`\s+$`,
    String.raw`\s*\*\/`,
    '`+[^`]*x`+[^`]*y',
    String.raw`^(a+)+$`,
    String.raw`describe\((['"])((?:\\.|(?!\1).)+)\1`,
    String.raw`pwd=[^;]*\d[^;]*;`,
    String.raw`(?:^[a-z]{16,}\n)+(?=END)`,
    String.raw`\[[^\]]*\]\(`,
  ])('finds /%s/', (source) => {
    expect(slowText({ source, flags: 'gm' })).toBeDefined();
  });

  test('finds all that is written and made', () => {
    const found = expressionsIn(plant({ 'src/a.ts': 'const a = /b[/]/g;\nconst c = new RegExp(a + "d");' }));
    expect(found.written).toEqual([{ file: 'src/a.ts', line: 1, source: 'b[/]', flags: 'g' }]);
    expect(found.made).toEqual([{ file: 'src/a.ts', line: 2 }]);
    expect(written.length).toBeGreaterThan(300);
  });

  test('no exception is out of date', () => {
    for (const [file, beginning] of BOUNDED) {
      const own = written.filter((expression) => expression.file === file);
      expect(own.some(({ source }) => source.startsWith(beginning))).toBe(true);
    }
    expect(made.map(({ file }) => file)).toEqual(expect.arrayContaining(Object.keys(MADE_FOR_ONE_USE)));
  });
});
