import { describe, expect, test } from 'vitest';
import { joinSplitIndex, parseGitIndex } from '../../../src/adapters/files/gitIndex.ts';
import type { PathTable } from '../../../src/adapters/files/pathTable.ts';
import { TrackedFiles } from '../../../src/adapters/files/trackedFiles.ts';
import { DamagedGitIndexError } from '../../../src/core/errors/pathErrors.ts';
import { ewah, gitIndexBytes, type MadeEntry, type MadeIndex } from '../../support/gitIndexBytes.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const entries = (...paths: readonly string[]): readonly MadeEntry[] => paths.map((path) => ({ path }));
const LONG = `deep/${'x'.repeat(5000)}/a.ts`;
const PATHS = ['.h', 'a b.ts', 'a/b.ts', 'a/b.tsx', 'a/bc.ts', LONG, 'é.ts', '日/本'].sort((a, b) =>
  Buffer.from(a).compare(Buffer.from(b)),
);

function listed(table: PathTable): readonly string[] {
  return Array.from({ length: table.size }, (_, at) => table.at(at).toString());
}

function tracked(paths: readonly MadeEntry[], ignoresCase = false): TrackedFiles {
  return new TrackedFiles(parseGitIndex(gitIndexBytes({ entries: paths }), 20).paths, ignoresCase);
}

describe.each([20, 32] as const)('names of objects have %i bytes', (hashBytes) => {
  test.each([2, 3, 4] as const)('version %i is read', (version) => {
    const made = entries(...PATHS).map((entry, at) => ({
      ...entry,
      isExtended: version > 2 && at % 2 === 0,
    }));
    const bytes = gitIndexBytes({ version, hashBytes, entries: made });
    expect(listed(parseGitIndex(bytes, hashBytes).paths)).toEqual(PATHS);
  });

  test.each([2, 3, 4] as const)('of a split index of version %i both halves count', (version) => {
    const shared = gitIndexBytes({ version, hashBytes, entries: entries('a', 'b', 'c', 'd') });
    const link = (rest: Buffer) => [
      { name: 'link', bytes: Buffer.concat([Buffer.alloc(hashBytes, 0xab), rest]) },
    ];
    const joined = (made: readonly MadeEntry[], ...bitmaps: readonly Buffer[]) => {
      const own = gitIndexBytes({
        version,
        hashBytes,
        entries: made,
        extensions: link(Buffer.concat(bitmaps)),
      });
      const index = parseGitIndex(own, hashBytes);
      expect(index.link?.shared).toBe('ab'.repeat(hashBytes));
      return listed(joinSplitIndex(index, parseGitIndex(shared, hashBytes))).filter((path) => path !== '');
    };
    expect(joined(entries('bb'))).toEqual(['a', 'b', 'bb', 'c', 'd']);
    // The nameless one takes the place of `a`.
    expect(joined(entries('', 'A', 'bb', 'z'), ewah([1, 3]), ewah([0]))).toEqual(['A', 'a', 'bb', 'c', 'z']);
    expect(joined([], ewah(3), ewah([]))).toEqual(['d']);
  });
});

test.each<[string, Partial<MadeIndex>]>([
  ['optional', { extensions: [{ name: 'TREE', bytes: Buffer.from('x') }] }],
  ['of a sparse index', { extensions: [{ name: 'sdir', bytes: Buffer.alloc(0) }] }],
  ['a link that leads nowhere', { extensions: [{ name: 'link', bytes: Buffer.alloc(20) }] }],
])('extensions: %s', (_, more) => {
  const index = parseGitIndex(gitIndexBytes({ entries: entries('a'), ...more }), 20);
  expect([listed(index.paths), index.link]).toEqual([['a'], undefined]);
});

const sound = gitIndexBytes({ entries: entries('a', 'b') });
test.each<[string, Buffer]>([
  ['nothing', Buffer.alloc(0)],
  ['another file', Buffer.from('ref: refs/heads/main and some more text to fill it')],
  ['version 1', Buffer.concat([sound.subarray(0, 7), Buffer.from([1]), sound.subarray(8)])],
  ['version 5', Buffer.concat([sound.subarray(0, 7), Buffer.from([5]), sound.subarray(8)])],
  ['four billion entries', Buffer.concat([sound.subarray(0, 8), Buffer.alloc(4, 0xff), sound.subarray(12)])],
  ['an end in the middle of an entry', sound.subarray(0, sound.length - 40)],
  ['paths out of order', gitIndexBytes({ entries: entries('b', 'a') })],
  ['second flags before version 3', gitIndexBytes({ entries: [{ path: 'a', isExtended: true }] })],
  [
    'an extension that has to be understood',
    gitIndexBytes({ entries: [], extensions: [{ name: 'what', bytes: sound }] }),
  ],
  [
    'an extension beyond the end',
    gitIndexBytes({ entries: [], extensions: [{ name: 'TREE', bytes: sound }] }).subarray(0, 60),
  ],
  ['half a link', gitIndexBytes({ entries: [], extensions: [{ name: 'link', bytes: Buffer.alloc(9, 1) }] })],
  [
    'a bitmap of four billion bits',
    gitIndexBytes({ entries: [], extensions: [{ name: 'link', bytes: Buffer.alloc(40, 0xff) }] }),
  ],
])('attack: %s is refused', (_, bytes) => {
  expect(() => parseGitIndex(bytes, 20)).toThrow(DamagedGitIndexError);
});

test('attack: names that unfold to more than an index may have are refused', () => {
  const made = Array.from({ length: 1_000 }, (_, at) => ({
    path: 'x'.repeat(80_000) + String(at).padStart(6, '0'),
  }));
  const bytes = gitIndexBytes({ version: 4, entries: made });
  expect(bytes.length).toBeLessThan(200_000);
  expect(() => parseGitIndex(bytes, 20)).toThrow(DamagedGitIndexError);
});

test('attack: whatever bytes are changed, an index is read or refused', () => {
  const link = Buffer.concat([Buffer.alloc(20, 1), ewah([0, 2]), ewah([1])]);
  const bases = ([2, 3, 4] as const).map((version) =>
    gitIndexBytes({ version, entries: entries(...PATHS), extensions: [{ name: 'link', bytes: link }] }),
  );
  const outcomes = new Set<string>();
  for (let seed = 0; seed < 3_000; seed++) {
    const random = seededRandom(seed);
    const bytes = Buffer.from(bases[seed % 3] ?? sound);
    for (let change = random.below(6); change >= 0; change--) {
      // The last entry is long: what is in front of it says more.
      const at = random.once(4) ? random.below(bytes.length) : random.below(700);
      bytes[at] = random.once(2) ? random.below(256) : (bytes[at] ?? 0) ^ (1 << random.below(8));
    }
    const cut = random.once(5) ? bytes.subarray(0, random.below(bytes.length)) : bytes;
    try {
      const index = parseGitIndex(cut, 20);
      const table = index.link ? joinSplitIndex(index, parseGitIndex(sound, 20)) : index.paths;
      new TrackedFiles(table, seed % 2 === 0).hasBelow('a');
      outcomes.add('read');
    } catch (error) {
      expect(error, `seed ${seed}`).toBeInstanceOf(DamagedGitIndexError);
      outcomes.add('refused');
    }
  }
  expect(outcomes.size).toBe(2);
});

describe('what is tracked', () => {
  const some = tracked([
    ...entries('a.ts', 'b-c/x', 'b.d', 'b/c/x.ts', 'café.ts'),
    { path: 'sub', mode: 0o160000 },
    ...entries('sub.ts'),
  ]);

  test.each(['a.ts', 'b/c/x.ts', 'café.ts', 'cafe\u0301.ts'])('%j is', (path) => {
    expect(some.has(path)).toBe(true);
  });

  test.each(['a', 'a.t', 'a.tsx', 'b', 'b/c', 'b/c/x', 'A.ts', '', 'z'])('%j is not', (path) => {
    expect(some.has(path)).toBe(false);
  });

  test('folders with something tracked, or that are repositories of their own', () => {
    const folders = ['b', 'b/c', 'b-c', 'sub', 'a.ts', 'b.d', 'b/c/x.ts', 'su', 'B', 'z'];
    expect(folders.filter((folder) => some.hasBelow(folder))).toEqual(['b', 'b/c', 'b-c', 'sub']);
  });

  test('in letters of either case where a disk knows no other', () => {
    const folded = tracked([...entries('B/X.ts', 'a/y.TS'), { path: 'sub', mode: 0o160000 }], true);
    expect(['b/x.ts', 'B/X.ts', 'A/Y.ts', 'SUB'].map((path) => folded.has(path))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['b', 'A', 'Sub', 'y'].map((path) => folded.hasBelow(path))).toEqual([true, true, true, false]);
  });

  test('changes are the paths that one of two has, conflicts or not', () => {
    const later = tracked(entries('a.ts', 'b-c/x', 'b-c/x', 'b-c/x', 'b.d', 'b/c/x.ts', 'new', 'sub.ts'));
    expect(later.changes(some, 3)).toEqual(['café.ts', 'new', 'sub']);
    expect(some.changes(later, 3)).toEqual(['café.ts', 'new', 'sub']);
    expect(later.changes(some, 2)).toBeUndefined();
  });
});
