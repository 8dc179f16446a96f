import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowsOfVersion, versionOfRows } from '../../../src/adapters/sqlite/versionRows.ts';

test('pairs of numbers are stored as such, as they always were', () => {
  expect(rowsOfVersion('0-17 5-281474976710655')).toEqual({ 0: 17, 5: 281474976710655 });
  expect(versionOfRows({ 5: 281474976710655, 0: 17 })).toBe('0-17 5-281474976710655');
  expect(rowsOfVersion('')).toEqual({});
  expect(versionOfRows({})).toBe('');
});

test('any name comes back as it was', () => {
  const odd = fc.constantFrom('5-1 0-2', '1-1 1-2', '01-1', '1-1 ', '0-99999999999999999999', '-1-5', 'ä 😀');
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-3 -]{0,9}$/), odd);
  fc.assert(
    fc.property(name, (version) => {
      expect(versionOfRows(rowsOfVersion(version))).toBe(version);
    }),
  );
});
