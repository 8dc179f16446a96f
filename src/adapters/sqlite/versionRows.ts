import type { VectorVersion } from '../../core/ports/vectors.ts';

/**
 * The name of a version of vectors as pairs of whole numbers, which is what the manifest's table `shards` has room for. A
 * name that lists pairs of numbers, `<number>-<number> …` by rising first numbers, is stored as these: so stores made
 * before names were texts are read as they are, and older versions read what is written now. Of any other name the UTF-16
 * units are stored, under numbers below zero.
 */
export type VersionRows = Readonly<Record<number, number>>;

const PAIRS = /^\d+-\d+(?: \d+-\d+)*$/;

export function rowsOfVersion(name: VectorVersion): VersionRows {
  const pairs = PAIRS.test(name) ? name.split(' ') : [];
  const rows: VersionRows = Object.fromEntries(
    pairs.map((pair) => {
      const [number = 0, version = 0] = pair.split('-').map(Number);
      return [number, version] as const;
    }),
  );
  if (versionOfRows(rows) === name) return rows;
  return Object.fromEntries(Array.from({ length: name.length }, (_, at) => [-1 - at, name.charCodeAt(at)]));
}

/** The inverse of `rowsOfVersion`. */
export function versionOfRows(rows: VersionRows): VectorVersion {
  const numbers = Object.keys(rows).map(Number);
  if (numbers.some((number) => number < 0)) {
    const units = numbers.toSorted((a, b) => b - a).map((number) => rows[number] ?? 0);
    return units.map((unit) => String.fromCharCode(unit)).join('');
  }
  return numbers
    .toSorted((a, b) => a - b)
    .map((number) => `${number}-${rows[number] ?? 0}`)
    .join(' ');
}
