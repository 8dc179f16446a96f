/** 0-based lines, both inclusive. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

const MARK = /^(\s*)#\[cfg\(.*\btest\b.*\)\]\s*$/;
const MODULE = /^\s*(?:pub\s+)?mod\s+\w+\s*\{/;

/** The test modules of a Rust file, from their mark to the brace that closes them. */
export function rustTests(lines: readonly string[]): readonly LineRange[] {
  const found: LineRange[] = [];
  for (const [start, line] of lines.entries()) {
    const [, indent] = MARK.exec(line) ?? [];
    if (indent === undefined || !lines.slice(start + 1, start + 4).some((next) => MODULE.test(next)))
      continue;
    const end = lines.findIndex((next, at) => at > start && next.startsWith(`${indent}}`));
    found.push({ start, end: end < 0 ? lines.length - 1 : end });
  }
  return found;
}
