import type { SourceFile } from '../sourceFile.ts';
import { docCommentOf } from './docComment.ts';
import { firstSentence } from './docCommentSource.ts';

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
  /** Of the test that holds the subtests at hand: one text for all of them, however many there are. */
  let shared: { readonly line: number; readonly body: string } | undefined;
  const bodyOf = (line: number): string => {
    if (shared?.line !== line) shared = { line, body: bodyAt(file.lines, line) };
    return shared.body;
  };
  for (const { line, depth, head } of headsOf(file)) {
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const holder = isGo ? open[0] : undefined;
    if (head.kind === 'test') {
      blocks.push({ ...blockOf(file, line, head, open), body: bodyOf(holder?.line ?? line) });
    }
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
  groups: readonly Opened[],
): Omit<TestBlock, 'body'> {
  return {
    title,
    groups: groups.map((group) => group.title),
    comment: name === undefined ? '' : commentOf(file, line, name),
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

/** The first line of a test or of a group of tests. */
interface TestHead {
  readonly kind: 'group' | 'test';
  /** In words; empty when the name says nothing. */
  readonly title: string;
  /** As written, where the title is made from a name. */
  readonly name?: string;
}

type HeadReader = (lines: readonly string[], at: number) => TestHead | undefined;

const CALLED_GROUP = /^\s*(?:describe|suite|context)(?:\.\w+)*[\s(]+(['"`])((?:\\.|(?!\1|\\).)+)\1/;
const CALLED_TEST = /^\s*(?:it|test|specify)(?:\.\w+)*[\s(]+(['"`])((?:\\.|(?!\1|\\).)+)\1/;
const PYTHON_GROUP = /^\s*class\s+(Test\w+|\w+Tests?(?:Case)?)\s*[(:]/;
const PYTHON_TEST = /^\s*(?:async\s+)?def\s+(test[_A-Z]\w*)/;
const GO_TEST = /^func\s+(Test\w+)\(/;
const GO_SUBTEST = /^\s+\w+\.Run\("((?:\\.|[^"\\])+)"/;
/** A row of a table of tests. */
const GO_ROW = /^\s+(?:\{\s*)?(?:name|desc|description|label|title|testName):\s*"((?:\\.|[^"\\])+)"/;
const MARKED_TEST = /^\s*(?:@(?:Test|ParameterizedTest)|\[(?:Fact|Theory|Test|TestMethod)\b.*\])/;
const RUST_TEST = /^\s*#\[(?:\w+::)*test\b.*\]/;
const RUST_FUNCTION = /^\s*(?:pub\s+)?(?:async\s+)?fn\s+(\w+)/;
const METHOD = /^\s*(?:[\w<>[\]]+\s+)*(?:fun\s+)?(`[^`]+`|\w+)\s*\(/;
const MAX_ANNOTATIONS = 5;

const READERS = new Map<string, HeadReader>(
  Object.entries({
    TypeScript: called,
    JavaScript: called,
    Ruby: called,
    Python: (lines, at) =>
      named('group', PYTHON_GROUP.exec(lines[at] ?? '')?.[1]) ??
      named('test', PYTHON_TEST.exec(lines[at] ?? '')?.[1]),
    Go: go,
    Rust: (lines, at) => marked(lines, at, RUST_TEST, RUST_FUNCTION),
    Java: (lines, at) => marked(lines, at, MARKED_TEST, METHOD),
    Kotlin: (lines, at) => marked(lines, at, MARKED_TEST, METHOD),
    'C#': (lines, at) => marked(lines, at, MARKED_TEST, METHOD),
  } satisfies Record<string, HeadReader>),
);

/** Reads heads the way that the usual test frameworks of a language write them. */
function headReader(language: string): HeadReader | undefined {
  return READERS.get(language);
}

/** Whether a line marks the function below it as a test. */
function isMark(line: string): boolean {
  return MARKED_TEST.test(line) || RUST_TEST.test(line);
}

function called(lines: readonly string[], at: number): TestHead | undefined {
  const line = lines[at] ?? '';
  const group = CALLED_GROUP.exec(line)?.[2];
  if (group !== undefined) return { kind: 'group', title: spoken(group) };
  const test = CALLED_TEST.exec(line)?.[2];
  return test === undefined ? undefined : { kind: 'test', title: spoken(test) };
}

/** Go's tests hold their subtests, so they are read as tests and serve as groups of what is inside. */
function go(lines: readonly string[], at: number): TestHead | undefined {
  const line = lines[at] ?? '';
  const title = (GO_SUBTEST.exec(line) ?? GO_ROW.exec(line))?.[1];
  if (title === undefined) return named('test', GO_TEST.exec(line)?.[1]);
  return { kind: 'test', title: spoken(title) };
}

function marked(lines: readonly string[], at: number, mark: RegExp, head: RegExp): TestHead | undefined {
  if (!mark.test(lines[at] ?? '')) return undefined;
  let method = at + 1;
  while (method < at + MAX_ANNOTATIONS && /^\s*(?:@|\[|#\[)/.test(lines[method] ?? '')) method++;
  return named('test', head.exec(lines[method] ?? '')?.[1]);
}

/** A head whose title is an identifier: `test_reads_twice`, `TestReadsTwice`, `ReaderTestCase`. */
function named(kind: TestHead['kind'], name: string | undefined): TestHead | undefined {
  if (name === undefined) return undefined;
  // The path of a definition: `test_shop__orders__Cart`.
  if (/\w__\w/.test(name)) return { kind, title: '', name };
  const words = name
    .replace(/`/g, '')
    .replace(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .replace(/_+/g, ' ')
    .replace(/^\s*tests?\b\s*|(?<!\s)\s*\btests?(?: case)?$/gi, '')
    .toLowerCase();
  return { kind, title: words.trim(), name };
}

/** Without placeholders of parametrised tests. */
function spoken(title: string): string {
  return title
    .replace(/\\(.)/g, '$1')
    .replace(/\$\{[^{}]*\}|%[sdifjop#%]|\$\w+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
