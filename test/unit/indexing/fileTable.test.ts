import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FileTable, type FileChanges } from '../../../src/core/indexing/fileTable.ts';
import type { FileRecord } from '../../../src/core/ports/indexStore.ts';

type Files = ReadonlyMap<string, FileRecord>;

function record(path: string, hash: string): FileRecord {
  return { path, size: 1, modifiedMs: 2, hash, chunkCount: 3, segment: 's' };
}

const changes: fc.Arbitrary<FileChanges> = fc
  .dictionary(
    fc.nat(900).map((number) => `f${number}`),
    fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
    { maxKeys: 60, size: 'max' },
  )
  .map(
    (drawn) =>
      new Map(Object.entries(drawn).map(([path, hash]) => [path, hash ? record(path, hash) : undefined])),
  );

function changed(files: Files, more: FileChanges): Files {
  const copy = new Map(files);
  for (const [path, to] of more) {
    if (to) copy.set(path, to);
    else copy.delete(path);
  }
  return copy;
}

test('is the map that the changes make', () => {
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 25 }), (rounds) => {
      let table: Files = new Map([['f1', record('f1', 'x')]]);
      let map = table;
      for (const round of rounds) {
        const before = new Map(table);
        const next = FileTable.with(table, round);
        expect(new Map(table)).toStrictEqual(before);
        map = changed(map, round);
        table = next;
      }
      expect(table.size).toBe(map.size);
      expect(new Map(table)).toStrictEqual(map);
      expect([...table.keys()].toSorted()).toStrictEqual([...map.keys()].toSorted());
      expect(new Set(table.values())).toStrictEqual(new Set(map.values()));
      for (let number = 0; number <= 900; number++) {
        const path = `f${number}`;
        expect(table.get(path)).toBe(map.get(path));
        expect(table.has(path)).toBe(map.has(path));
      }
      const visited = new Map<string, FileRecord>();
      table.forEach((value, path) => visited.set(path, value));
      expect(visited).toStrictEqual(map);
    }),
  );
});

test('names every path that differs between two of the same origin, and nothing for strangers', () => {
  fc.assert(
    fc.property(changes, changes, changes, (first, left, right) => {
      const origin: Files = new Map([['f1', record('f1', 'x')]]);
      const base = FileTable.with(origin, first);
      const [a, b] = [FileTable.with(base, left), FileTable.with(base, right)];
      const named = new Set(FileTable.changed(a, b));
      for (const path of [...a.keys(), ...b.keys()]) {
        if (a.get(path) !== b.get(path)) expect(named).toContain(path);
      }
      expect(FileTable.changed(a, new Map(a))).toBeUndefined();
      expect([...(FileTable.changed(a, a) ?? ['all'])]).toStrictEqual([]);
    }),
  );
});

test('many changes are written out, so that none gets slower with the number of saves', () => {
  const origin: Files = new Map();
  const many = new Map(Array.from({ length: 501 }, (_, at) => [`f${at}`, record(`f${at}`, 'x')]));
  expect(FileTable.with(origin, many)).toBeInstanceOf(Map);
  expect(FileTable.with(origin, new Map([['f1', record('f1', 'x')]]))).not.toBeInstanceOf(Map);
});
