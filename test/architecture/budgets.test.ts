import { expect, test } from 'vitest';
import { lengthViolations } from './rules/budgets.ts';
import { plant, readSources } from './rules/sourceFiles.ts';

const lines = (count: number) => 'x;\n'.repeat(count);

test('every file keeps its budget', () => {
  expect(lengthViolations(readSources())).toEqual([]);
});

test('a file of 400 lines passes, one of 401 does not', () => {
  const small = { 'src/core/b.ts': lines(1), 'src/core/c.ts': lines(1) };
  expect(lengthViolations(plant({ 'src/core/a.ts': lines(400), ...small }))).toEqual([]);
  expect(lengthViolations(plant({ 'src/core/a.ts': lines(401), ...small }))).toEqual([
    'src/core/a.ts has 401 lines',
  ]);
});

test('the entry point has a budget of its own', () => {
  expect(lengthViolations(plant({ 'src/extension.ts': lines(59) }))).toEqual([]);
  expect(lengthViolations(plant({ 'src/extension.ts': lines(60) }))).toEqual([
    'src/extension.ts has 60 lines',
  ]);
});

test('many middling files breach the median', () => {
  const files = plant({
    'src/core/a.ts': lines(20),
    'src/core/b.ts': lines(110),
    'src/core/c.ts': lines(150),
  });
  expect(lengthViolations(files)).toEqual(['the median file has 110 lines']);
});
