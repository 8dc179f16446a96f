import { secretRole, type SecretRole } from './secretRole.ts';
import { isSecretValue } from './secretValue.ts';
import { isQuote } from './textAround.ts';
import { one, type SecretSpan } from './valueAt.ts';

/** A line that names columns has one of these. */
const ANCHOR = /pass|pwd|secret|token|key|kennwort|pw/i;
const NAME = /^[\w][\w .$/-]{0,60}$/;
const DELIMITERS = ['|', '\t', ';', ','] as const;
const MAX_LINE = 2_000;
const MOST_COLUMNS = 64;

interface Cell {
  readonly start: number;
  readonly end: number;
}
interface Columns {
  readonly delimiter: string;
  readonly count: number;
  readonly roles: ReadonlyMap<number, SecretRole>;
  /** Blanks stand behind the delimiters, as they do in programs. */
  readonly isSpaced: boolean;
}

const INSERT =
  /\b(?:insert(?:\s{1,4}(?:or\s{1,4}\w{1,20}|ignore))?\s{1,4}into|replace\s{1,4}into|copy)\s{1,4}[\w."`[\]]{1,100}\s{0,4}\(([^()]{1,800})\)\s{0,20}(?:overriding\s\w{1,20}\svalue\s{1,4})?(values\b|from\s{1,4}stdin[^\n;]{0,80};?)/gi;
/** `parametrize("user,password", [(…)])`, `for user, password in [(…)]`. */
const NAMES_FIRST =
  /(?:\bparametrize\(\s{0,20}[([]?["']|\bfor\s{1,4}(?:const\s{1,4}|let\s{1,4})?[([]?)([\w\s,"'.]{3,200}?)["']?[)\]]?(?:,\s{0,40}|\s{1,4}(?:in|of)\s{1,4})[[(](?=\s{0,40}[[({])/g;
/** `[InlineData(…)] void Opens(string user, string password)`, `each([[…]])('…', (user, password) =>`. */
const NAMES_LAST = /\[(?:InlineData|TestCase|DataRow)(?=\()|\.each\(\s{0,20}\[(?=\s{0,20}\[)/g;
const PARAMETERS =
  /(?:\b\w{1,80}\s{0,2}|[,=]\s{0,4}(?:async\s{1,4})?)\(([\w\s,:<>?[\].]{3,240})\)\s{0,40}(?:\{|=>|:|$)/;
/** How far behind its rows a function may name them. */
const MAX_APART = 600;
/** Rows that are looked at of one statement; a dump has each table in a few of them. */
const MOST_ROWS = 10_000;

/** What stands in columns that are named for secrets: tables of text, and rows that SQL inserts. */
export function tableSecrets(text: string): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  inLines(text, spans);
  for (const { index, 0: head, 1: names = '', 2: how = '' } of text.matchAll(INSERT)) {
    const roles = rolesOf(names.split(',').map((name) => name.replace(/["`[\]]/g, '').trim()));
    if (roles.size === 0) continue;
    if (/^values/i.test(how)) inTuples(text, index + head.length, roles, spans);
    else inCopied(text, index + head.length, roles, spans);
  }
  for (const { index, 0: head, 1: names = '' } of text.matchAll(NAMES_FIRST)) {
    const roles = rolesOf(names.split(',').map((name) => name.replace(/["']/g, '').trim()));
    if (roles.size > 0) inTuples(text, index + head.length, roles, spans);
  }
  for (const { index, 0: head } of text.matchAll(NAMES_LAST)) {
    const names = PARAMETERS.exec(text.slice(index + head.length, index + MAX_APART))?.[1] ?? '';
    const roles = rolesOf(names.split(',').map(parameterName));
    if (roles.size > 0) inTuples(text, index + head.length, roles, spans);
  }
  return spans;
}

/** Of `string password` and of `password: string`. */
function parameterName(parameter: string): string {
  const [first = ''] = parameter.split(':');
  return first.trim().split(/\s+/).at(-1) ?? '';
}

/** Goes over the lines once: a row belongs to the newest header that has as many cells. */
function inLines(text: string, spans: SecretSpan[]): void {
  let columns: Columns | undefined;
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = end - start > MAX_LINE ? '' : text.slice(start, end).trimEnd();
    const cells = columns === undefined ? [] : cellsOf(line, start, columns.delimiter);
    if (columns === undefined || cells.length !== columns.count) {
      columns = ANCHOR.test(line) ? headerOf(line, start) : undefined;
    } else if (!/[({;]$/.test(line) || columns.delimiter === ';') {
      for (const [place, role] of columns.roles) pushCell(text, cells[place], role, columns, spans);
    }
    start = end + 1;
  }
}

function pushCell(
  text: string,
  cell: Cell | undefined,
  role: SecretRole,
  { isSpaced, delimiter }: Columns,
  spans: SecretSpan[],
): void {
  if (cell === undefined) return;
  const value = text.slice(cell.start, cell.end);
  if (/^[:-]*$/.test(value) || /[(){}]/.test(value)) return;
  // Two lines of a program may have as many commas; what names nothing is no value of one.
  const bare = isSpaced && delimiter !== '|';
  for (const span of one(text, cell.start, cell.end, role, bare)) spans.push(span);
}

function headerOf(line: string, start: number): Columns | undefined {
  for (const delimiter of DELIMITERS) {
    if (!line.includes(delimiter)) continue;
    const cells = cellsOf(line, start, delimiter);
    const names = cells.map((cell) => line.slice(cell.start - start, cell.end - start));
    if (cells.length < 2 || cells.length > MOST_COLUMNS || !names.every((name) => NAME.test(name))) continue;
    const roles = rolesOf(names);
    if (roles.size === 0) return undefined;
    return { delimiter, count: cells.length, roles, isSpaced: line.includes(`${delimiter} `) };
  }
  return undefined;
}

function rolesOf(names: readonly string[]): ReadonlyMap<number, SecretRole> {
  const roles = new Map<number, SecretRole>();
  for (const [place, name] of names.entries()) {
    const role = ANCHOR.test(name) ? secretRole(name.replace(/\s+/g, '_'), '') : undefined;
    if (role !== undefined) roles.set(place, role === 'many' ? 'strong' : role);
  }
  return roles;
}

/** The cells of a line without blanks and quotes around them; those of `| a | b |` without what stands outside. */
function cellsOf(line: string, offset: number, delimiter: string): readonly Cell[] {
  const cells: Cell[] = [];
  const isFramed = delimiter === '|' && /^\s*\|/.test(line);
  let from = isFramed ? line.indexOf('|') + 1 : 0;
  const until = isFramed && line.endsWith('|') ? line.length - 1 : line.length;
  while (from <= until && cells.length <= MOST_COLUMNS) {
    const first = from + (/^ */.exec(line.slice(from, from + 60))?.[0].length ?? 0);
    const closing = isQuote(line[first]) ? line.indexOf(line.charAt(first), first + 1) : -1;
    const next = line.indexOf(delimiter, closing === -1 ? from : closing);
    const stop = next === -1 || next > until ? until : next;
    const raw = line.slice(first, stop).trimEnd();
    const inner = raw.length > 1 && /^(["'`]).*\1$/.test(raw) ? 1 : 0;
    cells.push({ start: offset + first + inner, end: offset + first + raw.length - inner });
    from = stop + 1;
  }
  return cells;
}

/** `('m@example.net', '…'), (…)`: of each tuple what stands at the places that have roles. */
function inTuples(
  text: string,
  from: number,
  roles: ReadonlyMap<number, SecretRole>,
  spans: SecretSpan[],
): void {
  let depth = 0;
  let place = 0;
  let rows = 0;
  for (let at = from; at < text.length && depth >= 0 && rows < MOST_ROWS; at++) {
    const character = text.charAt(at);
    if (character === "'" || character === '"') {
      const end = endOfText(text, at + 1, character);
      if (isValueIn(text, at, end, depth, roles.get(place))) spans.push({ start: at + 1, end });
      at = end;
    } else if (/[([{]/.test(character)) {
      depth++;
      if (depth === 1) place = 0;
    } else if (/[)\]}]/.test(character)) {
      depth--;
      if (depth === 0) rows++;
    } else if (character === ',' && depth === 1) place++;
    else if (depth === 0 && /[^\s,]/.test(character)) return;
  }
}

/** Of a function's arguments, as of `crypt('…', gen_salt('bf'))`, the first is the value. */
function isValueIn(
  text: string,
  at: number,
  end: number,
  depth: number,
  role: SecretRole | undefined,
): boolean {
  if (role === undefined || depth < 1) return false;
  const isValue = depth === 1 || /\w\($/.test(text.slice(Math.max(0, at - 2), at));
  return isValue && isSecretValue(text.slice(at + 1, end), role, false);
}

function endOfText(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at;
      at++;
    }
  }
  return text.length;
}

/** Lines with tabs, up to `\.`. */
function inCopied(
  text: string,
  from: number,
  roles: ReadonlyMap<number, SecretRole>,
  spans: SecretSpan[],
): void {
  let start = text.indexOf('\n', from) + 1;
  for (let row = 0; start > 0 && start < text.length && row < MOST_ROWS; row++) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (text[start] === '\\' || end - start > MAX_LINE) return;
    let cell = start;
    for (const [place, value] of text.slice(start, end).split('\t').entries()) {
      const role = roles.get(place);
      if (role !== undefined && isSecretValue(value, role, false)) {
        spans.push({ start: cell, end: cell + value.length });
      }
      cell += value.length + 1;
    }
    start = end + 1;
  }
}
