import type { SecretRole } from './secretRole.ts';
import { endOfLine, startOfLine } from './textAround.ts';
import { one, type SecretSpan } from './valueAt.ts';

/** `|` or `>` of YAML and how its ends are cut. */
const BLOCK_SCALAR = /^[|>][+-]?\d?[+-]?[ \t]*(?:#[^\n]*)?$/;
const HERE_DOCUMENT = /^<<[<~-]?[ \t]*(["']?)([A-Za-z_]\w{0,30})\1[;,)]?[ \t]*$/;
/** Marks that stand between a key of YAML and its value, and change nothing about it. */
const MARKS = /^(?:!![\w.-]{1,30}[ \t]+|&[\w-]{1,60}[ \t]+){0,3}/;
const ENTRY = /^(?:"[^"]{1,80}"|'[^']{1,80}'|[\w./-]{1,80})[ \t]*:[ \t]+(?=\S)/;
const VALUE_OF = /^["']?(?:value|default|plain|plaintext|raw|literal|content|data)["']?[ \t]*:[ \t]+(?=\S)/;
const QUOTED = /^(["'])(.+)\1$/;
const MOST_LINES = 40;

interface Line {
  readonly start: number;
  /** Without blanks at its ends. */
  readonly from: number;
  readonly text: string;
}

/**
 * What is given to a name in the lines below it: a block scalar, a list or a mapping of YAML, a here-document. `from` is the
 * first thing behind the sign. Nothing where the value stands in the line itself.
 */
export function blockSecrets(
  text: string,
  { name, start, from, role }: { name: string; start: number; from: number; role: SecretRole },
): readonly SecretSpan[] {
  const rest = text.slice(from, endOfLine(text, from)).trimEnd();
  const marked = rest.slice(MARKS.exec(rest)?.[0].length ?? 0);
  const document = HERE_DOCUMENT.exec(rest);
  if (document !== null) return words(documentLines(text, from, document[2] ?? ''), text, role);
  const lineStart = startOfLine(text, start);
  const indent = blanksIn(text, lineStart);
  if (BLOCK_SCALAR.test(marked)) return words(deeperLines(text, from, indent), text, role);
  if (marked !== '' && !marked.startsWith('#')) return [];
  return children(text, deeperLines(text, from, indent), role, /secrets$/i.test(name));
}

/** Where the value begins behind what YAML may say of it first. */
export function behindMarks(text: string, from: number): number {
  return from + (MARKS.exec(text.slice(from, from + 100))?.[0].length ?? 0);
}

function words(lines: readonly Line[], text: string, role: SecretRole): readonly SecretSpan[] {
  return lines.flatMap(({ from, text: line }) =>
    /\s/.test(line) ? [] : one(text, from, from + line.length, role === 'many' ? 'strong' : role, false),
  );
}

/** One word, or, of several secrets, each of a list or mapping; the names of secrets are listed the same way. */
function children(
  text: string,
  lines: readonly Line[],
  role: SecretRole,
  mayBeNames: boolean,
): readonly SecretSpan[] {
  const [first] = lines;
  if (first === undefined) return [];
  const indent = first.from - first.start;
  const own = lines.filter((line) => line.from - line.start === indent);
  const isMany = role === 'many';
  if (/^- /.test(first.text)) {
    return own.flatMap(({ from, text: item }) => {
      const value = item.slice(2).trimStart();
      return value.includes(': ')
        ? []
        : scalar(text, from + item.length - value.length, value, role, mayBeNames);
    });
  }
  if (isMany) {
    return own.flatMap(({ from, text: entry }) => {
      const key = ENTRY.exec(entry)?.[0].length ?? entry.length;
      return scalar(text, from + key, entry.slice(key), role, mayBeNames);
    });
  }
  const plain = lines.length === 1 ? VALUE_OF.exec(first.text)?.[0].length : undefined;
  if (plain !== undefined) return scalar(text, first.from + plain, first.text.slice(plain), role, false);
  const isAlone = lines.length === 1 && !/\s|[:{([,;]$/.test(first.text) && !/^[})\]"'`<&*]/.test(first.text);
  return isAlone
    ? one(text, first.from, first.from + first.text.length, role, /[(){}]/.test(first.text))
    : [];
}

function scalar(text: string, from: number, value: string, role: SecretRole, bare: boolean) {
  const inner = QUOTED.exec(value)?.[2];
  const plain = inner ?? withoutComment(value);
  const start = from + (inner === undefined ? 0 : 1);
  if (inner === undefined && /[\s{}[\]()]/.test(plain)) return [];
  const given = role === 'many' ? (bare ? 'fair' : 'strong') : role;
  return one(text, start, start + plain.length, given, bare && inner === undefined);
}

function withoutComment(value: string): string {
  const comment = value.search(/\s#/);
  return comment === -1 ? value : value.slice(0, comment).trimEnd();
}

/** The lines that follow and are indented deeper, without blank ones. */
function deeperLines(text: string, from: number, indent: number): readonly Line[] {
  return linesBelow(text, from, (line) => line.text === '' || line.from - line.start > indent).filter(
    (line) => line.text !== '' && !line.text.startsWith('# '),
  );
}

function documentLines(text: string, from: number, end: string): readonly Line[] {
  return linesBelow(
    text,
    from,
    (line) => !(line.text.startsWith(end) && /^[;,)]{0,3}$/.test(line.text.slice(end.length))),
  );
}

function linesBelow(text: string, from: number, isIn: (line: Line) => boolean): readonly Line[] {
  const lines: Line[] = [];
  let start = text.indexOf('\n', endOfLine(text, from)) + 1;
  while (start > 0 && start < text.length && lines.length < MOST_LINES) {
    const end = endOfLine(text, start);
    const blanks = blanksIn(text, start);
    const line = { start, from: start + blanks, text: text.slice(start + blanks, end).trimEnd() };
    if (!isIn(line)) break;
    lines.push(line);
    if (text[end] !== '\n' && text[end] !== '\r') break;
    start = text.indexOf('\n', end) + 1;
  }
  return lines;
}

function blanksIn(text: string, lineStart: number): number {
  let at = lineStart;
  while (at - lineStart < 200 && (text[at] === ' ' || text[at] === '\t')) at++;
  return at - lineStart;
}
