import { describe, expect, it } from 'vitest';
import {
  asFileName,
  percentDone,
  progressLine,
  tooLittle,
} from '../../../src/host/evaluation/evaluationText.ts';
import { english } from './modelsFixture.ts';

const PHASES = [
  'reading',
  'choosing',
  'indexing',
  'asking',
  'learning',
  'completing',
  'preparing',
  'answering',
] as const;

describe('the progress of an evaluation', () => {
  it('grows from 0 to 100 %, phase after phase', () => {
    const steps = PHASES.flatMap((phase) => [0, 1, 2].map((done) => percentDone({ phase, done, total: 2 })));
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(100);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it('a phase with nothing to do is done', () => {
    expect(percentDone({ phase: 'answering', done: 0, total: 0 })).toBe(100);
  });

  it('is told with counts', () => {
    expect(
      PHASES.map((phase) => progressLine({ phase, done: 3, total: 4000, remainingMs: null }, english)),
    ).toEqual([
      'Reading 3 of 4,000 files.',
      'Choosing questions and lines.',
      'Indexing 3 of 4,000 files.',
      'Asking question 3 of 4,000.',
      'Learning from 3 of 4,000 files.',
      'Completing line 3 of 4,000.',
      'Indexing 3 of 4,000 files for the chat.',
      'Answering question 3 of 4,000.',
    ]);
  });

  it.each([
    [9_999, 'Answering question 1 of 9.'],
    [10_000, 'Answering question 1 of 9. Less than a minute left.'],
    [200_000, 'Answering question 1 of 9. About 3 min left.'],
  ])('says how long it will take when that is worth knowing: %i ms', (remainingMs, line) => {
    expect(progressLine({ phase: 'answering', done: 1, total: 9, remainingMs }, english)).toBe(line);
  });
});

describe('an evaluation that finds too little', () => {
  it('says why and what would help', () => {
    const remarks = ['No question could be made.', 'Only 2 lines could be hidden.'];
    expect(tooLittle('tools', { cases: 2, remarks }, english)).toBe(
      'Touchstone found little to measure itself by in tools. No question could be made. Only 2 lines could be hidden. A larger folder would help, and doc comments and tests, which questions are made from.',
    );
    expect(tooLittle('tools', { cases: 0, remarks }, english)).toContain('found nothing to measure');
  });

  it('is not one without remarks', () => {
    expect(tooLittle('tools', { cases: 80, remarks: [] }, english)).toBeUndefined();
  });
});

it.each([
  ['../../.bashrc', 'bashrc'],
  ['..\\..\\x', 'x'],
  ['/etc/passwd', 'etc-passwd'],
  ['a\nb\0c', 'a-b-c'],
  ['C:evil', 'C-evil'],
  ['report.html\u202egpj.exe', 'report.html-gpj.exe'],
  ['\u200b', 'folder'],
  ['...', 'folder'],
  ['', 'folder'],
  ['a:b*c?"<>|d', 'a-b-c-d'],
  ['$(rm -rf ~)', 'rm--rf'],
  ['x'.repeat(5000), 'x'.repeat(60)],
])('attack: a folder called %j makes no path of the name that is proposed for a report', (name, expected) => {
  expect(asFileName(name)).toBe(expected);
});

it('keeps the letters of a folder’s name', () => {
  expect(asFileName('straße-日本_v1.2')).toBe('straße-日本_v1.2');
});
