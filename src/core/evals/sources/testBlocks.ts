import type { SourceFile } from '../sourceFile.ts';

/** One test in a test file. */
export interface TestBlock {
  /** What it says it tests, in words. */
  readonly title: string;
  /** Titles of the groups around it, outermost first. */
  readonly groups: readonly string[];
  /** Its code, head included. */
  readonly body: string;
}

interface Head {
  readonly kind: 'group' | 'test';
  readonly title: string;
}

type HeadReader = (lines: readonly string[], at: number) => Head | undefined;

const CALLED_GROUP = /^\s*(?:describe|suite|context)(?:\.\w+)*[\s(]+(['"`])((?:\\.|(?!\1).)+)\1/;
const CALLED_TEST = /^\s*(?:it|test|specify)(?:\.\w+)*[\s(]+(['"`])((?:\\.|(?!\1).)+)\1/;
const PYTHON_GROUP = /^\s*class\s+(Test\w+)/;
const PYTHON_TEST = /^\s*(?:async\s+)?def\s+(test_\w+)/;
const GO_TEST = /^func\s+(Test\w+)\(/;
const MARKED_TEST = /^\s*(?:@(?:Test|ParameterizedTest)|\[(?:Fact|Theory|Test|TestMethod)\b.*\])/;
const METHOD = /^\s*(?:[\w<>[\]]+\s+)*(?:fun\s+)?(`[^`]+`|\w+)\s*\(/;
const MAX_ANNOTATIONS = 5;

const READERS: Readonly<Record<string, HeadReader>> = {
  TypeScript: called,
  JavaScript: called,
  Ruby: called,
  Python: python,
  Go: (lines, at) => named('test', GO_TEST.exec(lines[at] ?? '')?.[1]),
  Java: marked,
  Kotlin: marked,
  'C#': marked,
};

/** The tests of a file, by how its language's usual frameworks write them. */
export function testBlocks(file: SourceFile): readonly TestBlock[] {
  const read = READERS[file.language?.name ?? ''];
  if (!read) return [];
  const { lines } = file;
  const groups: { readonly title: string; readonly depth: number }[] = [];
  const blocks: TestBlock[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const head = read(lines, at);
    if (!head) continue;
    const depth = indentOf(line);
    while (groups.length > 0 && (groups.at(-1)?.depth ?? 0) >= depth) groups.pop();
    if (head.kind === 'group') groups.push({ title: head.title, depth });
    else
      blocks.push({ title: head.title, groups: groups.map(({ title }) => title), body: bodyAt(lines, at) });
  }
  return blocks;
}

function called(lines: readonly string[], at: number): Head | undefined {
  const line = lines[at] ?? '';
  const group = CALLED_GROUP.exec(line)?.[2];
  if (group !== undefined) return { kind: 'group', title: spoken(group) };
  const test = CALLED_TEST.exec(line)?.[2];
  return test === undefined ? undefined : { kind: 'test', title: spoken(test) };
}

function python(lines: readonly string[], at: number): Head | undefined {
  const line = lines[at] ?? '';
  return named('group', PYTHON_GROUP.exec(line)?.[1]) ?? named('test', PYTHON_TEST.exec(line)?.[1]);
}

function marked(lines: readonly string[], at: number): Head | undefined {
  if (!MARKED_TEST.test(lines[at] ?? '')) return undefined;
  let method = at + 1;
  while (method < at + MAX_ANNOTATIONS && /^\s*[@[]/.test(lines[method] ?? '')) method++;
  return named('test', METHOD.exec(lines[method] ?? '')?.[1]);
}

/** A head whose title is an identifier: `test_reads_twice`, `TestReadsTwice`. */
function named(kind: Head['kind'], name: string | undefined): Head | undefined {
  if (name === undefined) return undefined;
  const words = name
    .replace(/`/g, '')
    .replace(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .replace(/_+/g, ' ')
    .replace(/^\s*tests?\b\s*/i, '')
    .toLowerCase();
  return { kind, title: words.trim() };
}

/** Without placeholders of parametrised tests. */
function spoken(title: string): string {
  return title
    .replace(/\\(.)/g, '$1')
    .replace(/\$\{[^}]*\}|%[sdifjop#%]|\$\w+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** From the head up to where the indentation returns to it. */
function bodyAt(lines: readonly string[], head: number): string {
  const depth = indentOf(lines[head] ?? '');
  const isInside = (line: string): boolean => line.trim() === '' || indentOf(line) > depth;
  let end = head + 1;
  // Annotations and the method they belong to are at the same depth.
  if (MARKED_TEST.test(lines[head] ?? '')) while (end < lines.length && !isInside(lines[end] ?? '')) end++;
  while (end < lines.length && isInside(lines[end] ?? '')) end++;
  return lines.slice(head, end).join('\n');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
