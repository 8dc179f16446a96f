import { tryJson } from '../../core/shared/json.ts';
import { least } from '../../core/shared/greatest.ts';
import { type Fields, fieldsOf, isFields, listOf, numberOf, textOf } from './looseJson.ts';

/** What a provider's error says, whatever its shape. */
export interface ErrorBody {
  /** In plain words; empty when it says nothing. */
  readonly message: string;
  /** Classes and codes of the error as the provider names them, from the outside in. */
  readonly codes: readonly string[];
  /** The parameter that it is about, as the provider names it. */
  readonly params: readonly string[];
  /** A page for people, as proxies, firewalls and log-ins send them. */
  readonly isPage: boolean;
}

const EMPTY: ErrorBody = { message: '', codes: [], params: [], isPage: false };
const MAX_DEPTH = 8;
/** Of a body that is looked at, in characters. */
const MAX_READ = 100_000;
const MAX_LIST = 5;

/** Where errors keep other errors, or their words, as {@link byPlainName} calls them. What comes first says the most. */
const INNER = ['error', 'errors', 'detail', 'details', 'message', 'msg', 'fault', 'faultstring'] as const;
const WORDS = [
  'errormessage',
  'errordescription',
  'errormsg',
  'statusmsg',
  'description',
  'reason',
  'title',
  'cause',
] as const;
const CODES = ['type', 'code', 'status', 'reason', 'errortype', 'errorcode', 'statuscode'] as const;

/** Reads the body of an error: JSON, JSON within JSON, lists, pages, plain words. */
export function readErrorBody(body: unknown, depth = 0): ErrorBody {
  if (depth > MAX_DEPTH) return EMPTY;
  if (typeof body === 'string') return readText(body.slice(0, MAX_READ), depth);
  if (Array.isArray(body))
    return join(
      listOf(body)
        .slice(0, MAX_LIST)
        .map((each) => readErrorBody(each, depth + 1)),
    );
  return isFields(body) ? readFields(byPlainName(body), depth) : EMPTY;
}

/** Gateways write `error_message`, `errorMessage` and `ErrorMessage`: small letters say which, and nothing else. */
function byPlainName(body: Fields): Fields {
  const named = new Map<string, unknown>();
  for (const [name, value] of Object.entries(body)) {
    const plainName = name.toLowerCase().replaceAll(/[^a-z]/g, '');
    if (isTelling(named.get(plainName)) && plainName !== name) continue;
    named.set(plainName, value);
  }
  return Object.fromEntries(named);
}

function readText(text: string, depth: number): ErrorBody {
  const trimmed = text.trim();
  if (/^[{[]/.test(trimmed)) {
    const json = tryJson(trimmed);
    if (json !== undefined) return readErrorBody(json, depth + 1);
  }
  if (isPage(trimmed)) return { ...EMPTY, message: wordsOfPage(trimmed), isPage: true };
  // Gateways put the answer of whoever is behind them at the end of a sentence of their own.
  const start = trimmed.search(/[{[]\s*["{]/);
  const inner = start > 0 ? tryJson(trimmed.slice(start)) : undefined;
  if (inner === undefined) return { ...EMPTY, message: trimmed };
  const read = readErrorBody(inner, depth + 1);
  return read.message === '' ? { ...read, message: trimmed } : read;
}

function readFields(fields: Fields, depth: number): ErrorBody {
  const place = listOf(fields['loc']).map(String).join('.');
  const raw = fieldsOf(fields['metadata'])['raw'];
  const inner = [...(raw === undefined ? [] : [raw]), ...INNER.map((name) => fields[name])].filter(isTelling);
  const read = inner.map((each) => readErrorBody(each, depth + 1));
  // What wraps an error says that there is one; what it wraps says which.
  const all = [
    ...read.map((each) => each.message),
    ...WORDS.map((name) => textOf(fields[name])),
    statusWords(fields),
  ];
  // A single word is rather a code.
  const message = all.find((each) => each.includes(' ')) ?? all.find((each) => each !== '') ?? '';
  const codes = CODES.map((name) => fields[name]).filter((code) => isCode(code));
  const params = [textOf(fields['param']), place].filter((each) => each !== '');
  return {
    message: place === '' || message === '' ? message : `${place}: ${message}`,
    codes: [...codes.map(String), ...read.flatMap((each) => each.codes)],
    params: [...params, ...read.flatMap((each) => each.params)],
    isPage: read.some((each) => each.isPage),
  };
}

/** MiniMax and its like keep an error in a status of their own. */
function statusWords({ baseresp: status }: Fields): string {
  return textOf(fieldsOf(status)['status_msg']);
}

function isTelling(value: unknown): boolean {
  return typeof value === 'string' ? value.trim() !== '' : typeof value === 'object' && value !== null;
}

function isCode(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '' && value.length < 100) || numberOf(value) !== undefined;
}

function join(all: readonly ErrorBody[]): ErrorBody {
  return {
    message: [...new Set(all.map(({ message }) => message).filter((each) => each !== ''))].join('; '),
    codes: all.flatMap(({ codes }) => codes),
    params: all.flatMap(({ params }) => params),
    isPage: all.some((each) => each.isPage),
  };
}

function isPage(text: string): boolean {
  return /^<(!doctype|html|head|body|\?xml|!--)|<\/(html|body|title|h1|center)>/i.test(text);
}

const MAX_PAGE_WORDS = 160;

/** The title and the first heading of a page, or how its text begins. */
function wordsOfPage(page: string): string {
  const bare = page
    .replace(/<(script|style|svg|noscript)\b[^]*?(<\/\1\s*>|$)/gi, ' ')
    .replace(/<!--[^]*?(-->|$)/g, ' ');
  const titles = ['title', 'h1', 'message'].map((name) => plain(contentOf(bare, name)));
  const words = [...new Set(titles.filter((each) => each !== ''))].join(': ') || plain(bare);
  return words.length > MAX_PAGE_WORDS ? `${words.slice(0, MAX_PAGE_WORDS).trimEnd()} …` : words;
}

/** What is in the first element of this name. */
function contentOf(page: string, name: string): string {
  const lower = page.toLowerCase();
  const begin = [`<${name}>`, `<${name} `].map((tag) => lower.indexOf(tag)).filter((at) => at >= 0);
  const open = begin.length === 0 ? -1 : lower.indexOf('>', least(begin));
  const close = lower.indexOf(`</${name}`, open);
  return open < 0 || close < 0 ? '' : page.slice(open + 1, close);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function plain(markup: string): string {
  return markup
    .replace(/<[^>]*(>|$)/g, ' ')
    .replace(/&(#(\d{1,7})|\w+);/g, (whole, name: string, code?: string) =>
      code === undefined ? (ENTITIES[name] ?? whole) : fromCode(Number(code)),
    )
    .replace(/\s+/g, ' ')
    .trim();
}

function fromCode(code: number): string {
  return code >= 32 && code <= 0xffff ? String.fromCharCode(code) : ' ';
}

/**
 * The error in something that should be an answer, or in an event of one; undefined when it holds none. Servers send
 * errors with status 200, and in the middle of streams.
 */
export function errorWithin(body: unknown, name = ''): unknown {
  if (name === 'error') return body ?? '';
  if (!isFields(body)) return undefined;
  const value = byPlainName(body);
  const isNamed = value['object'] === 'error' || ERROR_TYPE.test(textOf(value['type']));
  const hasError = ['error', 'errors', 'fault'].some((field) => isTelling(value[field]));
  if (isNamed || hasError || value['error'] === true) return value;
  const [choice] = listOf(value['choices']);
  if (isTelling(fieldsOf(choice)['error'])) return choice;
  const status = numberOf(fieldsOf(value['baseresp'])['status_code']);
  if (status !== undefined && status !== 0) return value;
  const isAnswer = ANSWERS.some((field) => value[field] !== undefined && value[field] !== null);
  return !isAnswer && COMPLAINTS.some((field) => isComplaint(value[field])) ? value : undefined;
}

const ERROR_TYPE = /error|exception|^invalid/i;
/** A body or an event that has one of these answers; one that has none of them and one of those complains. */
const ANSWERS = [
  'choices',
  'content',
  'data',
  'usage',
  'delta',
  'embeddings',
  'results',
  'type',
  'object',
  'done',
];
const COMPLAINTS = ['detail', 'message', 'msg', 'errormessage', 'errormsg'];

function isComplaint(value: unknown): boolean {
  return (typeof value === 'string' || Array.isArray(value)) && isTelling(value);
}
