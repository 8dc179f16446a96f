import type { TrackedPaths } from '../../core/indexing/outerRules.ts';
import { PathTable } from './pathTable.ts';

/** What one repository's index lists. */
export class TrackedFiles implements TrackedPaths {
  readonly #paths: PathTable;
  readonly #ignoresCase: boolean;
  #folded: PathTable | undefined;

  /** @param ignoresCase ASCII letters of either case are the same, as `core.ignoreCase` says of disks where they are */
  constructor(paths: PathTable, ignoresCase: boolean) {
    this.#paths = paths;
    this.#ignoresCase = ignoresCase;
  }

  has(path: string): boolean {
    return this.#find(path, (table, bytes) => isAt(table, table.firstFrom(bytes), bytes));
  }

  hasBelow(folder: string): boolean {
    return this.#find(folder, (table, bytes) => {
      const start = Buffer.concat([bytes, SLASH]);
      const below = table.firstFrom(start);
      if (below < table.size && startsWith(table.at(below), start)) return true;
      const itself = table.firstFrom(bytes);
      return isAt(table, itself, bytes) && table.isRepository(itself);
    });
  }

  /** The paths that only one of the two has; `undefined` when they are more than `most`. */
  changes(earlier: TrackedFiles, most: number): readonly string[] | undefined {
    const changed = new Set<string>();
    const [ours, theirs] = [this.#paths, earlier.#paths];
    let [own, other] = [0, 0];
    while (own < ours.size || other < theirs.size) {
      if (changed.size > most) return undefined;
      const order = own === ours.size ? 1 : other === theirs.size ? -1 : ours.compare(own, theirs.at(other));
      if (order === 0) {
        // A conflict lists a path up to three times.
        const path = ours.at(own);
        while (own < ours.size && ours.compare(own, path) === 0) own++;
        while (other < theirs.size && theirs.compare(other, path) === 0) other++;
      } else changed.add((order < 0 ? ours.at(own++) : theirs.at(other++)).toString());
    }
    return changed.size > most ? undefined : [...changed];
  }

  /** Disks that compose letters otherwise than git does name a file differently. */
  #find(path: string, test: (table: PathTable, bytes: Buffer) => boolean): boolean {
    const names = new Set([path, path.normalize('NFC')]);
    for (const name of names) {
      if (test(this.#paths, Buffer.from(name))) return true;
      if (this.#ignoresCase && test((this.#folded ??= folded(this.#paths)), fold(Buffer.from(name))))
        return true;
    }
    return false;
  }
}

const SLASH = Buffer.from('/');

function isAt(table: PathTable, position: number, bytes: Buffer): boolean {
  return position < table.size && table.compare(position, bytes) === 0;
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
  return bytes.length >= start.length && bytes.compare(start, 0, start.length, 0, start.length) === 0;
}

function fold(bytes: Buffer): Buffer {
  return bytes.map((byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte)) as Buffer;
}

function folded(paths: PathTable): PathTable {
  const names = Array.from({ length: paths.size }, (_, at) => ({ name: fold(paths.at(at)), at }));
  names.sort((a, b) => a.name.compare(b.name));
  const table = new PathTable(paths.size, 64 * paths.size);
  for (const { name, at } of names) table.add(0, name, 0, name.length, paths.isRepository(at));
  return table;
}
