import * as z from 'zod';
import type { ChatMessage } from '../../core/ports/chatRequest.ts';
import type { TimedPart, Recording, RecordedRequest } from '../../evals/replay/recording.ts';

const time = z.number().nonnegative();
const count = z.int().nonnegative();

/** Begins a request; `lines` of its prompt follow. */
const requestLine = z.object({
  request: z.string(),
  case: z.string(),
  prompt: z.string().exactOptional(),
  model: z.string(),
  maxOutputTokens: z.int().positive(),
  temperature: z.number().exactOptional(),
  stop: z.array(z.string()).exactOptional(),
  lines: count,
});

/** A line of a prompt; the first of a message names its role. */
const promptLine = z.union([
  z.tuple([z.enum(['system', 'user', 'assistant']), z.string()]),
  z.tuple([z.string()]),
]);

/** An answer to the request named: texts and thoughts with the milliseconds at which they came, and the end. */
const answerLine = z.object({
  answer: z.string(),
  slot: count,
  parts: z.array(z.union([z.tuple([time, z.string()]), z.tuple([time])])),
  doneMs: time,
  stop: z.enum(['stop', 'length', 'filter', 'other']),
  usage: z
    .object({ inputTokens: count, cachedInputTokens: count.exactOptional(), outputTokens: count })
    .exactOptional(),
});

type RequestLine = z.infer<typeof requestLine>;
type AnswerLine = z.infer<typeof answerLine>;

/** Lines of JSON, the prompt as it reads: a changed prompt is a diff of its own lines. */
export function requestLines({ key, caseId, prompt, model, request }: RecordedRequest): readonly string[] {
  const { messages, ...settings } = request;
  const messageLines = messages.flatMap(({ role, content }) => {
    const [first = '', ...rest] = content.split('\n');
    return [JSON.stringify([role, first]), ...rest.map((line) => JSON.stringify([line]))];
  });
  return [
    JSON.stringify({
      request: key,
      case: caseId,
      ...(prompt !== undefined && { prompt }),
      model,
      ...settings,
      lines: messageLines.length,
    }),
    ...messageLines,
  ];
}

/** Throws a `RangeError` for an answer that is not whole. */
export function answerLineOf({ key, slot, parts }: Pick<Recording, 'key' | 'slot' | 'parts'>): string {
  const done = parts.at(-1);
  if (done?.part.type !== 'done') throw new RangeError('only whole answers are recorded');
  const { stopReason, usage } = done.part;
  const line: AnswerLine = {
    answer: key,
    slot,
    stop: stopReason,
    ...(usage && { usage }),
    doneMs: done.atMs,
    parts: parts.slice(0, -1).map(({ atMs, part }) => (part.type === 'text' ? [atMs, part.text] : [atMs])),
  };
  return JSON.stringify(line);
}

/** What a line of the file is; `undefined` when it is neither a request nor an answer. */
export function readHeadLine(text: string): RequestLine | AnswerLine | undefined {
  const parsed = z.union([requestLine, answerLine]).safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

export function requestOf(
  { request: key, case: caseId, prompt, model, maxOutputTokens, temperature, stop }: RequestLine,
  messages: readonly ChatMessage[],
): RecordedRequest {
  const settings = { ...(temperature !== undefined && { temperature }), ...(stop && { stop }) };
  const request = { messages, maxOutputTokens, ...settings };
  return { key, caseId, ...(prompt !== undefined && { prompt }), model, request };
}

/** The messages of a prompt; `undefined` when a line of it is none. */
export function readPrompt(lines: readonly string[]): readonly ChatMessage[] | undefined {
  const messages: { role: ChatMessage['role']; content: string }[] = [];
  for (const text of lines) {
    const { data } = promptLine.safeParse(parseJson(text));
    if (!data) return undefined;
    const last = messages.at(-1);
    if (data.length === 2) messages.push({ role: data[0], content: data[1] });
    else if (last) last.content += `\n${data[0]}`;
    else return undefined;
  }
  return messages;
}

export function partsOf({ parts, doneMs, stop, usage }: AnswerLine): readonly TimedPart[] {
  return [
    ...parts.map(([atMs, text]): TimedPart => ({
      atMs,
      part: text === undefined ? { type: 'thinking' } : { type: 'text', text },
    })),
    { atMs: doneMs, part: { type: 'done', stopReason: stop, usage } },
  ];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
