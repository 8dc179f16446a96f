import { tryJson } from '../../core/shared/json.ts';
import { ModelResponseError } from '../../core/errors/modelErrors.ts';
import { isFields, listOf } from './looseJson.ts';

/** One event of an answer. */
export interface WireEvent {
  /** As the stream names it; empty when it does not. */
  readonly name: string;
  /** Its JSON; a text that is none stays a text. */
  readonly value: unknown;
  /** The answer is over: what some streams end with, and what follows a body that is a whole answer. */
  readonly isEnd?: true;
}

const END: WireEvent = { name: '', value: undefined, isEnd: true };

/**
 * The events of an answer, as they arrive: a list for each piece of the body, empty when the piece only shows that the
 * other end is alive. A body that is JSON, as of servers that do not stream, is one event, or one for each of its lines;
 * with `isLines` a body whose lines are JSON is a stream of them.
 */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
  endpoint: string,
  isLines = false,
): AsyncGenerator<readonly WireEvent[]> {
  const decoder = new TextDecoder();
  const parser = new EventParser();
  let opening = '';
  let whole: string[] | undefined;
  let isOpen = false;
  let hasUnderstood = false;
  for await (const bytes of body) {
    const text = decoder.decode(bytes, { stream: true });
    if (whole) whole.push(text);
    else if (isOpen || (opening += text).trim() !== '') {
      const next = isOpen ? text : opening;
      if (!isOpen && !isLines) whole = wholeBody(opening, endpoint);
      isOpen = true;
      const events = whole ? [] : parser.push(next);
      hasUnderstood ||= events.length > 0 || parser.hasSeenComment;
      yield events;
      continue;
    }
    yield [];
  }
  const rest = decoder.decode();
  const last = whole ? wholeEvents([...whole, rest].join('')) : [...parser.push(rest), ...parser.end()];
  if (isOpen && !hasUnderstood && last.length === 0) throw new ModelResponseError(endpoint, 'malformed');
  yield last;
}

/** Begins to collect a body that is no stream of events; undefined for one that is. */
function wholeBody(opening: string, endpoint: string): string[] | undefined {
  const first = opening.trimStart()[0];
  if (first === '<') throw new ModelResponseError(endpoint, 'content-type', 'a page');
  return first === '{' || first === '[' ? [opening] : undefined;
}

function wholeEvents(text: string): readonly WireEvent[] {
  const value = tryJson(text);
  if (value !== undefined) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return [...values.map((each) => ({ name: '', value: each })), END];
  }
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  const values = lines.map(tryJson);
  if (lines.length > 1 && values[0] !== undefined) {
    // What follows the last whole line was cut off.
    return values.flatMap((each) => (each === undefined ? [] : [{ name: '', value: each }]));
  }
  throw new SyntaxError('the answer is no JSON');
}

/**
 * Reads `text/event-stream` as the WHATWG specifies it (https://html.spec.whatwg.org/multipage/server-sent-events.html):
 * any line ends, comments, several lines of data, events without data. Beyond it, because servers do so: an `error` field,
 * JSON on a line of its own, several events without an empty line between them, and a last event without one.
 */
export class EventParser {
  /** Whether anything came that is a stream of events, though nothing in it may have been one. */
  hasSeenComment = false;
  #line = '';
  #isAfterReturn = false;
  #name = '';
  #data: string[] = [];
  #bare: string[] = [];

  push(text: string): readonly WireEvent[] {
    if (text === '') return [];
    const events: WireEvent[] = [];
    let start = this.#isAfterReturn && text.startsWith('\n') ? 1 : 0;
    this.#isAfterReturn = text.endsWith('\r');
    const lineEnd = /\r\n|\r|\n/g;
    lineEnd.lastIndex = start;
    for (let found = lineEnd.exec(text); found; found = lineEnd.exec(text)) {
      const line = this.#line + text.slice(start, found.index);
      for (const event of this.#readLine(line)) events.push(event);
      this.#line = '';
      start = lineEnd.lastIndex;
    }
    this.#line += text.slice(start);
    return events;
  }

  /** What is left when the stream has ended. An event that was cut off is none. */
  end(): readonly WireEvent[] {
    const events = this.#readLine(this.#line);
    this.#line = '';
    const last = this.#dispatch().filter(({ value, isEnd }) => isEnd ?? typeof value === 'object');
    return [...events, ...last];
  }

  #readLine(line: string): readonly WireEvent[] {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) {
      this.hasSeenComment = true;
      return [];
    }
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    switch (field) {
      case 'data':
        this.#data.push(value);
        return [];
      case 'event':
        this.hasSeenComment = true;
        this.#name = value;
        return [];
      case 'error':
        return value === '' ? [] : [{ name: 'error', value: tryJson(value) ?? value }];
      default:
        return this.#readBare(line);
    }
  }

  /** A line that is no field: JSON, or a line of it, or nothing that is known. */
  #readBare(line: string): readonly WireEvent[] {
    if (this.#bare.length === 0 && !/^\s*[{[]/.test(line)) return [];
    const value = this.#bare.length === 0 ? tryJson(line) : undefined;
    if (value !== undefined) return jsonEvents('', value);
    this.#bare.push(line);
    return [];
  }

  #dispatch(): readonly WireEvent[] {
    const name = this.#name;
    const bare = tryJson(this.#bare.join('\n'));
    const events = bare === undefined ? [] : [...jsonEvents('', bare)];
    const data = this.#data.join('\n');
    if (data.trim() !== '') for (const event of dataEvents(name, data, this.#data)) events.push(event);
    this.#name = '';
    this.#data = [];
    this.#bare = [];
    return events;
  }
}

function dataEvents(name: string, data: string, lines: readonly string[]): readonly WireEvent[] {
  if (data.trim() === '[DONE]') return [END];
  const value = tryJson(data);
  if (value !== undefined) return jsonEvents(name, value);
  const each = lines.filter((line) => line.trim() !== '');
  const isEach = each.length > 1 && each.every((line) => isEvent(line));
  if (isEach) return each.flatMap((line) => dataEvents(name, line, [line]));
  return [{ name, value: data }];
}

function isEvent(line: string): boolean {
  return line.trim() === '[DONE]' || isFields(tryJson(line));
}

/** Some gateways send a list where an event should be. */
function jsonEvents(name: string, value: unknown): readonly WireEvent[] {
  const list = listOf(value);
  return (list.length > 0 ? list : [value]).map((each) => ({ name, value: each }));
}
