/** The lines without the white space that all of them begin with; blank lines become empty and decide nothing. */
export function dedent(lines: readonly string[]): readonly string[] {
  const margins = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const shared = margins.reduce(commonPrefix, margins[0] ?? '');
  return lines.map((line) => (line.trim() === '' ? '' : line.slice(shared.length)));
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
