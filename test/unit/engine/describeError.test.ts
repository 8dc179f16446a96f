import { expect, test } from 'vitest';
import { describeError } from '../../../src/engine/worker/describeError.ts';

test('shows an error with all its causes', () => {
  const disk = new Error('disk full');
  const text = describeError(new Error('cannot commit', { cause: disk }));
  expect(text).toContain('cannot commit');
  expect(text).toContain('caused by');
  expect(text).toContain('disk full');
});

test('shows other values as text', () => {
  expect(describeError('plain')).toBe('plain');
  expect(describeError({ files: 3 })).toBe('{"files":3}');
});
