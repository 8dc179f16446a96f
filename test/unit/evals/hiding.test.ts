import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCodeChunker } from '../../../src/core/chunking/codeChunker.ts';
import { hideCases } from '../../../src/evals/hiddenText.ts';
import { SourceFile } from '../../../src/evals/sourceFile.ts';
import { withoutCopies } from '../../../src/evals/withoutCopies.ts';
import type { RetrievalOutcome } from '../../../src/evals/outcome.ts';
import { buildRetrievalIndex } from '../../../src/evals/retrievalIndex.ts';
import { wordMethod } from '../../support/wordMethod.ts';
import { systemClock } from '../../../src/core/async/systemClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { evaluate, unpaced, type Texts } from './evaluationFixture.ts';

describe('hideCases', () => {
  const files = [new SourceFile('a.ts', 'one\r\ntwo\nthree'), new SourceFile('b.ts', 'four\n')];

  test('blanks the lines of comments and leaves out whole files', () => {
    const hidden = [{ path: 'a.ts', lines: { startLine: 1, endLine: 2 } }, { path: 'b.ts' }];
    expect(hideCases(files, hidden)).toEqual([{ path: 'a.ts', text: '\r\n\nthree' }]);
  });

  test('leaves everything else as it is', () => {
    expect(hideCases(files, [])).toEqual(files.map(({ path, text }) => ({ path, text })));
  });

  test('keeps every other line where it was', () => {
    const lines = fc.array(fc.stringMatching(/^[a-z]{0,6}$/), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        lines,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.nat(12),
        fc.nat(4),
        (texts, eol, from, more) => {
          const text = texts.join(eol);
          const range = { startLine: from + 1, endLine: from + 1 + more };
          const [hidden] = hideCases([new SourceFile('a.ts', text)], [{ path: 'a.ts', lines: range }]);
          const kept = hidden!.text.split(eol);
          expect(kept).toEqual(texts.map((line, at) => (at >= from && at <= from + more ? '' : line)));
        },
      ),
    );
  });
});

describe('an evaluation', () => {
  /** Neighbours that share no word with the questions, so that hits are there to be ranked. */
  const others = Object.fromEntries(
    Array.from({ length: 12 }, (_, n) => [
      `src/part${n}.ts`,
      `export function part${n}() {\n  return ${n};\n}\n`,
    ]),
  );
  const sum = 'export function total(a, b) {\n  return a + b;\n}\n';
  const comment = '/** Zanzibar quokkas harvest marmalade telescopes nightly. */';

  async function soleQuestion(texts: Texts) {
    const { retrieval } = await evaluate({ ...others, ...texts }, { suites: ['retrieval'] });
    const [outcome, ...more] = retrieval?.outcomes ?? [];
    expect(more).toEqual([]);
    return outcome;
  }

  test('does not find a definition by the comment that the question was made from', async () => {
    const outcome = await soleQuestion({ 'src/total.ts': `${comment}\n${sum}` });
    expect(outcome?.question).toBe('Zanzibar quokkas harvest marmalade telescopes nightly');
    expect(foundByWords(outcome)).toEqual([]);
  });

  test('would find it by the comment if that were not hidden', async () => {
    const texts = { ...others, 'src/total.ts': `${comment}\n${sum}` };
    const search = await buildRetrievalIndex(
      Object.entries(texts).map(([path, text]) => ({ path, text })),
      { chunker: createCodeChunker(), method: wordMethod(), clock: systemClock, log: silentLogger },
      { pace: unpaced, onProgress: () => undefined },
    );
    const [first] = await search.search('Zanzibar quokkas harvest marmalade telescopes nightly', 10);
    expect(first).toMatchObject({ path: 'src/total.ts', legs: { lexical: expect.any(Number) as number } });
  });

  test('finds it by the same words where they are not hidden', async () => {
    const body = sum.replace('return', '// harvest marmalade telescopes\n  return');
    const outcome = await soleQuestion({ 'src/total.ts': `${comment}\n${body}` });
    expect(outcome).toMatchObject({ rank: 1, miss: null, gold: [{ startLine: 2, endLine: 5 }] });
    expect(foundByWords(outcome)).toEqual(['src/total.ts']);
  });

  test('does not find a test by its title', async () => {
    const test_ = `import { total } from './total.ts';
it('zanzibar quokkas harvest marmalade', () => {
  expect(total(1, 2)).toBe(3);
});
`;
    const outcome = await soleQuestion({ 'src/total.ts': sum, 'src/total.test.ts': test_ });
    expect(outcome?.question).toBe('zanzibar quokkas harvest marmalade');
    expect(foundByWords(outcome)).toEqual([]);
    expect(outcome?.hits.some(({ path }) => path === 'src/total.test.ts')).toBe(false);
  });
});

/** Files that the words of the question lead to. Hashed vectors may still take any place for a near one. */
function foundByWords(outcome: RetrievalOutcome | undefined): readonly string[] | undefined {
  return outcome?.hits.filter(({ legs }) => legs.lexical !== undefined).map(({ path }) => path);
}

describe('withoutCopies', () => {
  const body = Array.from({ length: 10 }, (_, n) => `  const visitor${n} = openGate(journal${n});`).join(
    '\n',
  );
  const paths = async (texts: Texts) => {
    const files = Object.entries(texts).map(([path, text]) => new SourceFile(path, text));
    const { files: kept, copies } = await withoutCopies(files, unpaced);
    return { kept: kept.map(({ path }) => path), copies };
  };

  test('leaves out a second build of the same file', async () => {
    const texts = {
      'esm/gate.mjs': `import x from 'x';\n${body}`,
      'lib/gate.js': `"use strict";\n${body}\nexports.gate = gate;`,
    };
    expect(await paths(texts)).toEqual({ kept: ['esm/gate.mjs'], copies: ['lib/gate.js'] });
  });

  test('keeps files of one name that say different things, and alike ones of other names', async () => {
    const texts = {
      'a/gate.ts': body,
      'b/gate.ts': body.replaceAll('openGate', 'ringBell'),
      'c/bell.ts': body,
    };
    expect((await paths(texts)).copies).toEqual([]);
  });

  test('keeps a short file whose lines all occur in a long one', async () => {
    const texts = {
      'a/index.ts': `${body}\n${body.replaceAll('visitor', 'guest')}`,
      'b/index.ts': body.split('\n')[0]!,
    };
    expect((await paths(texts)).copies).toEqual([]);
  });
});
