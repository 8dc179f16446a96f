import type { SourceFile } from '../sourceFile.ts';
import { docCommentOf } from './docComment.ts';
import { firstSentence } from './sentence.ts';
import { headReader, isMark, type TestHead } from './testHeads.ts';

/** One test in a test file. */
export interface TestBlock {
  /** What it says it tests, in words. */
  readonly title: string;
  /** Titles of the groups around it, outermost first. */
  readonly groups: readonly string[];
  /** The first sentence of its comment; empty without one. */
  readonly comment: string;
  /** Its code, head included; of a subtest, the code of the test around it. */
  readonly body: string;
}

interface Opened {
  readonly title: string;
  readonly depth: number;
  readonly line: number;
}

/** `TestParse checks that`, `This test makes sure that`: who speaks, not what about. */
const SPEAKER =
  /^(?:this\s+)?(?:(?:smoke|unit|regression|simple|basic)\s+)?(?:(?:tests?|test\w+|checks?|function)\s+(?:case\s+)?)?(?:to\s+)?\b(?:tests?|checks?|verif(?:y|ies)|ensures?|asserts?|makes?\s+sure|confirms?)\b\s*(?:that|whether|if|for)?\s*/i;

/** The tests of a file, by how its language's usual frameworks write them. */
export function testBlocks(file: SourceFile): readonly TestBlock[] {
  const open: Opened[] = [];
  const blocks: TestBlock[] = [];
  // Go's subtests and tables stand inside of tests.
  const isGo = file.language?.name === 'Go';
  for (const { line, depth, head } of headsOf(file)) {
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const holder = isGo ? open[0] : undefined;
    if (head.kind === 'test') blocks.push(blockOf(file, line, head, { groups: open, holder }));
    if (head.kind === 'group' || (isGo && depth === 0)) open.push({ title: head.title, depth, line });
  }
  return blocks;
}

function* headsOf(file: SourceFile) {
  const read = headReader(file.language?.name ?? '');
  if (!read) return;
  for (const [line, text] of file.lines.entries()) {
    const head = text.trim() !== '' && file.isTestLine(line) ? read(file.lines, line) : undefined;
    if (head) yield { line, depth: indentOf(text), head };
  }
}

function blockOf(
  file: SourceFile,
  line: number,
  { title, name }: TestHead,
  { groups, holder }: { readonly groups: readonly Opened[]; readonly holder: Opened | undefined },
): TestBlock {
  return {
    title,
    groups: groups.map((group) => group.title),
    comment: name === undefined ? '' : commentOf(file, line, name),
    body: bodyAt(file.lines, holder?.line ?? line),
  };
}

function commentOf(file: SourceFile, line: number, name: string): string {
  const comment = docCommentOf(file, { name, line, textStart: line, end: line });
  if (!comment) return '';
  const sentence = firstSentence(comment.text);
  const rest = sentence.startsWith(`${name} `) ? sentence.slice(name.length + 1) : sentence;
  return rest.replace(SPEAKER, '').trim();
}

/** From the head up to where the indentation returns to it. */
function bodyAt(lines: readonly string[], head: number): string {
  const depth = indentOf(lines[head] ?? '');
  const isInside = (line: string): boolean => line.trim() === '' || indentOf(line) > depth;
  let end = head + 1;
  // Annotations and the method they belong to are at the same depth.
  if (isMark(lines[head] ?? '')) while (end < lines.length && !isInside(lines[end] ?? '')) end++;
  while (end < lines.length && isInside(lines[end] ?? '')) end++;
  return lines.slice(head, end).join('\n');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
