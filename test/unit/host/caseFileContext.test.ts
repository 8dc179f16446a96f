import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { caseFileContext } from '../../../src/host/evalFiles/caseFileContext.ts';
import {
  isPathKey,
  proposeKeys,
  proposeValues,
  type CaseFileSchema,
} from '../../../src/host/evalFiles/caseFileSchema.ts';

/** The context at `|`. */
function at(text: string) {
  const [before = '', after = ''] = text.split('|');
  return caseFileContext(before.split('\n'), after.split('\n').slice(1));
}

describe('the place in a file of cases', () => {
  test.each([
    ['|', []],
    ['ch|', []],
    ['tags: [a]\nchat:\n  - question: Q\n|', ['tags', 'chat']],
    ['|\nchat:\n', ['chat']],
  ])('%j is a key of the file', (text, present) => {
    expect(at(text)).toEqual({ at: 'key', list: undefined, present });
  });

  test.each([
    ['chat:\n  - |', 'chat', []],
    ['chat:\n- |', 'chat', []],
    ['chat:\n  - question: Q\n    |', 'chat', ['question']],
    ['chat:\n  - question: Q\n    go|\n    tags: [x]\n  - id: x\n', 'chat', ['question', 'tags']],
    ['chat:\n  - question: Q\n  - qu|', 'chat', []],
    ['chat:\n  - question: Q\n    gold:\n      - a.ts\n    an|', 'chat', ['question', 'gold']],
    ['chat:\n  - question: Q\ncompletion:\n  - path: a.ts\n    |', 'completion', ['path']],
  ])('%j is a key of an entry', (text, list, present) => {
    expect(at(text)).toEqual({ at: 'key', list, present });
  });

  test.each([
    ['chat:\n  - question: Q\n    answerable: |', 'chat', 'answerable', ''],
    ['chat:\n  - question: Q\n    gold: [src/mo|', 'chat', 'gold', 'src/mo'],
    ['chat:\n  - question: Q\n    gold: [a.ts, src/|', 'chat', 'gold', 'src/'],
    ['chat:\n  - question: Q\n    gold:\n      - src/|', 'chat', 'gold', 'src/'],
    ['chat:\n  - question: Q\n    gold:\n      - a.ts\n      - |', 'chat', 'gold', ''],
    ['completion:\n  - path: src/|', 'completion', 'path', 'src/'],
  ])('%j is a value', (text, list, key, typed) => {
    expect(at(text)).toEqual({ at: 'value', list, key, typed });
  });

  test.each(['# ch|', '  # que|', '  |'])('%j is nothing to propose for', (text) => {
    expect(at(text)).toBeUndefined();
  });
});

describe('proposals', () => {
  const file = resolve(import.meta.dirname, '../../../media/evalCases.schema.json');
  const schema = JSON.parse(readFileSync(file, 'utf8')) as CaseFileSchema;
  const keys = (list: string | undefined, present: readonly string[]) =>
    proposeKeys(schema, list, present).map(({ key }) => key);

  test('are the keys of the schema that are not there yet, each with its description', () => {
    expect(keys(undefined, ['chat'])).toEqual(['tags', 'retrieval', 'completion']);
    expect(keys('completion', ['path'])).toEqual(['id', 'before', 'expected', 'tags']);
    expect(keys('nonsense', [])).toEqual([]);
    for (const { description } of proposeKeys(schema, 'chat', [])) expect(description).not.toBe('');
  });

  test('put in what a value begins with', () => {
    const snippets = new Map(proposeKeys(schema, 'chat', []).map(({ key, snippet }) => [key, snippet]));
    expect(snippets.get('question')).toBe('question: $0');
    expect(snippets.get('gold')).toBe('gold: [$0]');
    expect(snippets.get('answerable')).toBe('answerable: ${1|false,true|}');
    expect(proposeKeys(schema, undefined, []).find(({ key }) => key === 'chat')?.snippet).toBe(
      'chat: \n  - $0',
    );
  });

  test('are values where they are few', () => {
    expect(proposeValues(schema, 'chat', 'answerable')).toEqual(['true', 'false']);
    expect(proposeValues(schema, 'chat', 'question')).toEqual([]);
    expect(['gold', 'path', 'question'].filter(isPathKey)).toEqual(['gold', 'path']);
  });
});
