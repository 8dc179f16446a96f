import { Linter } from 'eslint';
import ts from 'typescript';
import * as tseslint from 'typescript-eslint';
import { beforeAll, expect, test } from 'vitest';
import { boundedSpreads } from './rules/boundedSpreads.mjs';

const GIVEN = `export {};
declare const list: string[];
declare const numbers: readonly number[];
declare const bytes: Uint16Array;
declare const set: Set<number>;
declare const any: any;
declare const pair: readonly [number, number];
declare const open: [number, ...number[]];
declare const either: [] | [number];
declare const eitherOpen: [] | number[];
declare const f: (...all: unknown[]) => void;
declare class Many { constructor(...all: unknown[]); }
`;

const FOUND: readonly string[] = [
  'list.push(...list);',
  'list.unshift(...numbers.map(String));',
  'list.splice(0, 0, ...list);',
  'Math.max(...numbers);',
  'Math.max(0, ...numbers.map((n) => n + 1));',
  'String.fromCharCode(...bytes);',
  'String.fromCharCode.apply(null, [...bytes]);',
  'Math.max.apply(undefined, numbers as number[]);',
  'Reflect.apply(f, undefined, list);',
  'Reflect.construct(Many, list);',
  'f(...set);',
  'f(...any);',
  'f(...open);',
  'f(...eitherOpen);',
  'f(...[1, ...numbers]);',
  'f(...(list.length > 3 ? list : []));',
  'f?.(...list);',
  'new Many(...list);',
  'const g = (all: unknown[]) => { f(...all); };',
  'const g = (...all: unknown[]) => { const most = [...all, ...list]; f(...most); };',
];

const PASSED: readonly string[] = [
  'Math.max(...pair);',
  'f(...either);',
  "f(...[1, 2, 'three']);",
  'f(...[1, ...pair]);',
  'f(...(list.length > 3 ? [list] : []));',
  'const g = (...all: unknown[]) => { f(...all); };',
  'function g() { f(...arguments); f.apply(undefined, arguments as never); }',
  'const copy = [...list, ...numbers];',
  'const joined = { ...list };',
  'f.apply(undefined, pair as never);',
  '// eslint-disable-next-line bounded/spread -- of a few\nf(...list);',
];

/** All of them, checked at once: reading the types of the language takes most of the time. */
const texts = new Map([...FOUND, ...PASSED].map((code, at) => [`/planted${at}.ts`, `${GIVEN}${code}`]));
let program: ts.Program;

beforeAll(() => {
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], types: [] };
  const host = ts.createCompilerHost(options);
  const ofDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? ofDisk(file, ...rest)
      : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  };
  program = ts.createProgram([...texts.keys()], options, host);
});

/** Lints one of the texts with its types. */
function problems(code: string): readonly string[] {
  const [filename = ''] = [...texts].find(([, text]) => text === `${GIVEN}${code}`) ?? [];
  const found = new Linter({ cwd: '/' }).verify(
    texts.get(filename) ?? '',
    {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser, parserOptions: { programs: [program] } },
      plugins: { bounded: boundedSpreads },
      rules: { 'bounded/spread': 'error' },
    },
    { filename },
  );
  return found.map(({ ruleId, message }) => ruleId ?? message);
}

test.each(FOUND)('the linter finds %s', (code) => {
  expect(problems(code)).toEqual(['bounded/spread']);
});

test.each(PASSED)('the linter lets pass %s', (code) => {
  expect(problems(code)).toEqual([]);
});
