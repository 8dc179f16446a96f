import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type AttackText, attackTexts } from './rules/attackTexts.ts';
import { type Expression, expressionsIn } from './rules/expressions.ts';
import { plant, readSources, repository } from './rules/sourceFiles.ts';

/**
 * Expressions that see short texts only, by file and beginning, and what makes them short. They may take time in the square of
 * it. What is measured is the time for four times as much text: about four times as long, or sixteen.
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
const LONG_LINE = 600_000;
/** Of so many times as much text. Linear is once as much, quadratic as many; caches of the processor take their share. */
const MOST_OF_GROWTH = 2.25;
/** Below this, a clock says more about the machine than about the expression. */
const TELLING_MS = 1.5;

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

function fastest(expression: RegExp, text: string): number {
  return Math.min(...[1, 2].map(() => timeOf(expression, text)));
}

/** A text for which the time grows faster than the text; `undefined` when there is none. */
function slowText({ source, flags }: Pick<Expression, 'source' | 'flags'>): string | undefined {
  const expression = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  const times: { readonly text: AttackText; readonly ms: number }[] = [];
  for (const text of attackTexts(source, flags)) {
    let ms = 0;
    for (const [at, size] of SIZES.slice(0, -1).entries()) {
      ms = timeOf(expression, textOf(text, size));
      if (ms < TELLING_MS) continue;
      if (growsTooFast(expression, text, at)) return JSON.stringify(text);
      // Judged once, at the first size that tells; of the small ones, each does.
      if (size >= 400) break;
    }
    times.push({ text, ms });
  }
  // Where the time is too short to tell, it is not for a whole line.
  for (const { text } of times.toSorted((a, b) => b.ms - a.ms).slice(0, 2)) {
    const whole = timeOf(expression, textOf(text, LONG_LINE));
    if (whole < 20 * TELLING_MS) continue;
    const isSlow = VERDICTS.every(() => growth(expression, text, LONG_LINE / 4, LONG_LINE) > MOST_OF_GROWTH);
    if (isSlow) return JSON.stringify(text);
  }
  return undefined;
}

/**
 * Whether the time grows faster than the text from this size on, every time it is measured, up to long texts, where a bound
 * on repetitions no longer shows. Goes no further than to a size that takes long already: it may never end for a larger one.
 */
function growsTooFast(expression: RegExp, text: AttackText, at: number): boolean {
  for (let next = at; next < SIZES.length; next++) {
    const [before = 8, size = 0] = [SIZES[next - 1], SIZES[next]];
    if (!VERDICTS.every(() => growth(expression, text, before, size) > MOST_OF_GROWTH)) return false;
    if (VERDICTS.every(() => timeOf(expression, textOf(text, size)) > ENDLESS_MS)) return true;
  }
  return true;
}

/** For a text of this much or less, long enough to say that a line of a file would take minutes. */
const ENDLESS_MS = 100;

/** What is said against an expression is to be true so many times. */
const VERDICTS = [1, 2, 3];

/** Time for so many times as much text, divided by that number. */
function growth(expression: RegExp, text: AttackText, from: number, to: number): number {
  const [small, large] = [textOf(text, from), textOf(text, to)];
  const times = fastest(expression, large) / Math.max(fastest(expression, small), 0.01);
  return times / (large.length / small.length);
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
