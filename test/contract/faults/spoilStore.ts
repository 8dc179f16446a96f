import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Random } from '../../support/seededRandom.ts';

type Spoil = (file: string, random: Random) => void;

const KINDS: Readonly<Record<string, Spoil>> = {
  'has a bit flipped': (file, random) =>
    change(file, random, (bytes, at) => (bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8)))),
  'has a block of zeros': (file, random) =>
    change(file, random, (bytes, at) => bytes.fill(0, at, Math.min(at + 512, bytes.length))),
  'has a block of another place': (file, random) =>
    change(file, random, (bytes, at) => bytes.copyWithin(at, random.below(bytes.length), bytes.length)),
  'is cut short': (file, random) => truncateSync(file, random.below(statSync(file).size)),
  'is longer': (file, random) => writeFileSync(file, new Uint8Array(1 + random.below(999)), { flag: 'a' }),
  'is empty': (file) => truncateSync(file),
  'is gone': (file) => rmSync(file),
};

/** Does something to one file of a store that no program of ours would do. Returns what, in words. */
export function spoilStore(directory: string, random: Random): string {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => statSync(file).size > 0)
    .toSorted();
  // As many shards as there are, the manifest is to be met as often as all of them.
  const kinds = ['manifest', 'segments', 'vectors', ''];
  const kind = random.pick(
    kinds.filter((each) => files.some((file) => relative(directory, file).startsWith(each))),
  );
  const file = random.pick(files.filter((each) => relative(directory, each).startsWith(kind)));
  const what = random.pick(Object.keys(KINDS));
  KINDS[what]?.(file, random);
  return `${relative(directory, file)} ${what}`;
}

function change(file: string, random: Random, edit: (bytes: Buffer, at: number) => unknown): void {
  const bytes = readFileSync(file);
  edit(bytes, random.below(bytes.length));
  writeFileSync(file, bytes);
}
