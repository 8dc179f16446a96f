/** How a fenced code block begins: the marks that must be met again, and what stands behind them. */
export interface Fence {
  readonly indent: string;
  readonly marks: string;
  readonly info: string;
}

/** Behind backticks, no other may follow: that is inline code. https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
const OPENING = /^([ \t]*)(`{3,}(?![^`]*`)|~{3,})(.*)$/s;

/** What a line opens, at any indentation. */
export function openingFence(line: string): Fence | undefined {
  const [, indent = '', marks, info = ''] = OPENING.exec(line) ?? [];
  return marks === undefined ? undefined : { indent, marks, info: info.trim() };
}

/** Whether a line closes the block: as many of the same marks, or more, and nothing else. */
export function closesFence(marks: string, line: string): boolean {
  const found = line.trim();
  return found.length >= marks.length && found === (marks[0] ?? '').repeat(found.length);
}

/** What code can stand in: quotes and items of lists, in any order. */
const CONTAINER = /^[ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$))/;
const MAX_DEPTH = 16;

/**
 * The contents of the fenced code blocks of Markdown, in order, each line with its line feed; also of those in quotes and
 * lists, without what these put in front. Takes time in proportion to the text. Renderers differ about code in containers
 * that ends early or is indented unevenly: there, this may give other code than they show.
 */
export function codeBlocks(markdown: string): readonly string[] {
  const blocks: string[] = [];
  const lines = markdown.replaceAll('\r', '').split('\n');
  for (let at = 0; at < lines.length; at++) {
    const { prefix, rest } = withoutContainers(lines[at] ?? '');
    const fence = openingFence(rest);
    if (!fence) continue;
    const indent = fence.indent.length;
    let code = '';
    for (at++; at < lines.length; at++) {
      const line = unprefixed(lines[at] ?? '', prefix);
      if (line === undefined) {
        at--;
        break;
      }
      if (closesFence(fence.marks, line)) break;
      // The text's last line feed begins no further line.
      if (at < lines.length - 1 || line !== '') code += `${unindented(line, indent)}\n`;
    }
    blocks.push(code);
  }
  return blocks;
}

function withoutContainers(line: string): { readonly prefix: string; readonly rest: string } {
  let length = 0;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const found = CONTAINER.exec(line.slice(length));
    if (!found) break;
    length += found[0].length;
  }
  return { prefix: line.slice(0, length), rest: line.slice(length) };
}

/** The line without what a line of the same containers begins with; `undefined` when it stands outside of them. */
function unprefixed(line: string, prefix: string): string | undefined {
  let at = 0;
  for (const character of prefix) {
    if (character === '>') {
      while (line[at] === ' ') at++;
      if (line[at] !== '>') return undefined;
      at++;
    } else if (line[at] === ' ') at++;
    else if (at < line.length) return prefix.includes('>') ? line.slice(at) : undefined;
  }
  return line.slice(at);
}

function unindented(line: string, columns: number): string {
  let at = 0;
  while (at < columns && (line[at] === ' ' || line[at] === '\t')) at++;
  return line.slice(at);
}
