import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CodeParts } from '../../../src/evals/codeParts.ts';
import { drawCompletionCases } from '../../../src/evals/completionCases.ts';
import type { CompletionCase } from '../../../src/evals/evalCase.ts';
import { languageOf } from '../../../src/evals/languages.ts';
import { createMaskSource } from '../../../src/evals/sources/maskSource.ts';
import { SourceFile } from '../../../src/evals/sourceFile.ts';
import { unpaced, workspaceOf } from './evaluationFixture.ts';

const CODE = Array.from(
  { length: 40 },
  (_, n) => `  const visitor${n} = openGate(journal, "late visitor"); // writes visit${n} down`,
).join('\n');

async function masksOf(path: string, text: string, seed = 1): Promise<readonly CompletionCase[]> {
  const workspace = await workspaceOf({ [path]: text });
  return workspace.files.flatMap((file) => createMaskSource(seed).casesIn(file, workspace));
}

describe('masks', () => {
  test('expect what stands between the cursor and the comment at the end of the line', async () => {
    const masks = await masksOf('a.ts', CODE);
    expect(masks.length).toBeGreaterThan(10);
    for (const { offset, lineEnd, expected, line } of masks) {
      expect(CODE.slice(offset)).toSatisfy((rest: string) => rest.startsWith(`${expected} // `));
      expect(CODE.slice(0, offset).split('\n')).toHaveLength(line);
      expect(CODE.slice(offset, lineEnd)).not.toContain('\n');
      expect(CODE[lineEnd] ?? '\n').toBe('\n');
    }
  });

  test('begin at the indentation, between tokens or after one to three characters of a name', async () => {
    for (const { kind, offset } of await masksOf('a.ts', CODE)) {
      const before = CODE.slice(CODE.lastIndexOf('\n', offset - 1) + 1, offset);
      if (kind === 'line-start') expect(before).toBe('  ');
      else if (kind === 'inside-identifier') expect(before).toMatch(/(^|\W)\w{1,3}$/);
      else expect(/\w$/.test(before) && /^\w/.test(CODE.slice(offset))).toBe(false);
    }
  });

  test('are never in comments or strings', async () => {
    const parts = new CodeParts(CODE, languageOf('a.ts')!);
    for (const { offset } of await masksOf('a.ts', CODE)) expect(parts.isCode(offset)).toBe(true);
    expect(await masksOf('a.ts', CODE.replaceAll('const', '// const'))).toEqual([]);
    expect(await masksOf('a.ts', `/*\n${CODE}\n*/`)).toEqual([]);
  });

  test('are drawn from code outside of tests only', async () => {
    expect(await masksOf('a.test.ts', CODE)).toEqual([]);
    expect(await masksOf('a.md', CODE)).toEqual([]);
    expect(await masksOf('a.ts', CODE.slice(0, 100))).toEqual([]);
  });

  test('are the same for the same seed and others for another', async () => {
    expect(await masksOf('a.ts', CODE)).toEqual(await masksOf('a.ts', CODE));
    expect(await masksOf('a.ts', CODE, 2)).not.toEqual(await masksOf('a.ts', CODE));
  });

  test('keep their offsets with CR LF', async () => {
    const text = CODE.replaceAll('\n', '\r\n');
    for (const { offset, expected } of await masksOf('a.ts', text)) {
      expect(text.slice(offset, offset + expected.length)).toBe(expected);
    }
  });

  test('come in the mix 1 : 2 : 1', async () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`src/part${n}/a${n}.ts`, CODE]));
    const source = createMaskSource(1);
    const { cases, available } = await drawCompletionCases(
      await workspaceOf(files),
      { count: 40, seed: 1, source },
      unpaced,
    );
    expect(available).toBe(12 * 24);
    const counts = Map.groupBy(cases, ({ kind }) => kind);
    expect([...counts].map(([kind, { length }]) => [kind, length])).toEqual([
      ['line-start', 10],
      ['token-border', 20],
      ['inside-identifier', 10],
    ]);
  });
});

describe('CodeParts', () => {
  const codeOf = (path: string, text: string): string => {
    const parts = new CodeParts(text, languageOf(path)!);
    return Array.from(text, (sign, at) => (parts.isCode(at) ? sign : '·')).join('');
  };

  test.each([
    ['a.ts', 'a(b); // c', 'a(b); ····'],
    ['a.ts', 'a /* b */ c', 'a ······· c'],
    ['a.ts', "a('b\\'c', d)", "a('·····, d)"],
    ['a.ts', 'a(`b\n${c}`)', 'a(`·······)'],
    ['a.ts', "don't stop\nhere", "don'······\nhere"],
    ['a.py', 'a = 1 # b', 'a = 1 ···'],
    ['a.py', '"""a\nb"""\nc', '"········\nc'],
    ['a.rs', "fn a<'b>(c: &'b str) { 'd' }", "fn a<'b>(c: &'b str) { '·· }"],
  ])('of %s in %o is %o', (path, text, code) => {
    expect(codeOf(path, text)).toBe(code);
  });

  test('never sees code within a comment, whatever surrounds it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ;(){}]*$/), fc.stringMatching(/^[a-z "'`]*$/), (code, comment) => {
        const text = `${code}//${comment}`;
        const parts = new CodeParts(text, languageOf('a.ts')!);
        for (let at = code.length; at < text.length; at++) expect(parts.isCode(at)).toBe(false);
        for (let at = 0; at < code.length; at++) expect(parts.isCode(at)).toBe(true);
      }),
    );
  });
});

test('files know their language, folder and stem', () => {
  const file = new SourceFile('packages/core/src/Gate.test.tsx', '');
  expect(file).toMatchObject({ isTest: true, folder: 'packages/core', stem: 'Gate' });
  expect(file.language?.name).toBe('TypeScript');
  expect(new SourceFile('README.md', '')).toMatchObject({ language: undefined, folder: '.', isTest: false });
});
