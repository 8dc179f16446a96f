/** How many of a line's brackets are still open at its end; closing ones without an opening one do not count. */
export function openBrackets(line: string): number {
  let open = 0;
  for (const character of line) {
    if (character === '(' || character === '[' || character === '{') open++;
    else if (open > 0 && (character === ')' || character === ']' || character === '}')) open--;
  }
  return open;
}
