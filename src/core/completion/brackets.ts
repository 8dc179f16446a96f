/** How many of a line's brackets are still open at its end; closing ones without an opening one do not count. */
export function openBrackets(line: string): number {
  let open = 0;
  for (const character of line) {
    if (character === '(' || character === '[' || character === '{') open++;
    else if (open > 0 && (character === ')' || character === ']' || character === '}')) open--;
  }
  return open;
}

/** Closing brackets that close none of the line's own, not counting those it begins with. */
export function surplusClosers(line: string): number {
  let open = 0;
  let surplus = 0;
  for (const character of line.replace(/^[)\]}\s]+/, '')) {
    if (character === '(' || character === '[' || character === '{') open++;
    else if (character === ')' || character === ']' || character === '}') {
      if (open > 0) open--;
      else surplus++;
    }
  }
  return surplus;
}

/** Brackets opened less brackets closed. */
export function bracketBalance(text: string): number {
  let balance = 0;
  for (const character of text) {
    if (character === '(' || character === '[' || character === '{') balance++;
    else if (character === ')' || character === ']' || character === '}') balance--;
  }
  return balance;
}
