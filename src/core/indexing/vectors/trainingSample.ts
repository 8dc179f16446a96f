import type { FileRecord } from '../../ports/indexStore.ts';
import type { ChunkTexts } from './chunkTexts.ts';

/** Any number would do; it must stay the same for a first index to depend on nothing but the files. */
const SEED = 20_251_121;

interface Place {
  readonly path: string;
  readonly ordinal: number;
  readonly rank: number;
}

/**
 * The texts of at most `count` chunks, drawn by a hash of their places and in order of these: neither the order in
 * which files were indexed nor the segments they are in make a difference.
 */
export async function trainingSample(
  files: Iterable<FileRecord>,
  count: number,
  source: ChunkTexts,
  pace: () => Promise<void>,
): Promise<readonly string[]> {
  const records = [...files];
  const drawn = draw(records, count);
  const ordinals = Map.groupBy(drawn, ({ path }) => path);
  const texts = new Map<string, readonly string[]>();
  for await (const { record, texts: all } of source.read(records.filter(({ path }) => ordinals.has(path)))) {
    texts.set(
      record.path,
      (ordinals.get(record.path) ?? []).map(({ ordinal }) => all[ordinal] ?? ''),
    );
    await pace();
  }
  return [...ordinals.keys()].sort().flatMap((path) => texts.get(path) ?? []);
}

function draw(records: readonly FileRecord[], count: number): readonly Place[] {
  const places = records.flatMap(({ path, chunkCount }) => {
    const seed = hashOf(path);
    return Array.from({ length: chunkCount }, (_, ordinal) => ({ path, ordinal, rank: mix(seed + ordinal) }));
  });
  if (places.length <= count) return places;
  const chosen = places.sort((a, b) => a.rank - b.rank || compare(a, b)).slice(0, count);
  return chosen.sort((a, b) => a.ordinal - b.ordinal);
}

function compare(a: Place, b: Place): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.ordinal - b.ordinal;
}

/** FNV-1a. */
function hashOf(path: string): number {
  let hash = 0x811c9dc5 ^ SEED;
  for (let at = 0; at < path.length; at++) hash = Math.imul(hash ^ path.charCodeAt(at), 0x01000193);
  return hash;
}

/** The finalizer of MurmurHash3: spreads neighbouring numbers evenly. */
function mix(number: number): number {
  let hash = number;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
