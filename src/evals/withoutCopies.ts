import type { SourceFile } from './sourceFile.ts';

/** Files of one name are copies when they share this much of the smaller one's telling lines. */
const COPY_SHARE = 0.5;
const TELLING_CHARS = 12;

export interface CopyFree {
  readonly files: readonly SourceFile[];
  /** Paths left out. */
  readonly copies: readonly string[];
}

/**
 * Leaves out files that mostly repeat another of the same name, such as a second build of the same code: a copy would
 * give every hidden line away. Of a set of copies the first in the order given stays.
 */
export async function withoutCopies(
  files: readonly SourceFile[],
  pace: () => Promise<void>,
): Promise<CopyFree> {
  const kept: SourceFile[] = [];
  const copies: string[] = [];
  /** File name → telling line → the kept files that have it. */
  const seen = new Map<string, NameGroup>();
  for (const file of files) {
    await pace();
    const name = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.[cm]?(?=[jt]s$)/, '.');
    const group = seen.get(name) ?? new NameGroup();
    seen.set(name, group);
    if (group.add(tellingLines(file))) kept.push(file);
    else copies.push(file.path);
  }
  return { files: kept, copies };
}

/** The files of one name that are no copies of each other. */
class NameGroup {
  readonly #sizes: number[] = [];
  readonly #holders = new Map<string, number[]>();

  /** False when the lines mostly repeat those of a file added before. */
  add(lines: ReadonlySet<string>): boolean {
    if (this.#isCopy(lines)) return false;
    const number = this.#sizes.push(lines.size) - 1;
    for (const line of lines) {
      const holders = this.#holders.get(line);
      if (holders) holders.push(number);
      else this.#holders.set(line, [number]);
    }
    return true;
  }

  #isCopy(lines: ReadonlySet<string>): boolean {
    const shared = new Map<number, number>();
    for (const line of lines) {
      for (const holder of this.#holders.get(line) ?? []) shared.set(holder, (shared.get(holder) ?? 0) + 1);
    }
    return [...shared].some(([holder, count]) => {
      const smaller = Math.min(lines.size, this.#sizes[holder] ?? 0);
      return count >= smaller * COPY_SHARE && isComparable(lines.size, this.#sizes[holder] ?? 0);
    });
  }
}

/** A short file whose lines all occur in a long one is no copy of it. */
function isComparable(a: number, b: number): boolean {
  return Math.min(a, b) * 2 >= Math.max(a, b);
}

function tellingLines(file: SourceFile): ReadonlySet<string> {
  const trimmed = file.lines.map((line) => line.trim());
  return new Set(
    trimmed.filter((line) => line.length >= TELLING_CHARS && !/^(?:\/?\*|\/\/|#|import\b)/.test(line)),
  );
}
