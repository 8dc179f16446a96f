import { tryJson } from '../../core/shared/json.ts';
import * as z from 'zod';
import { type ChatMessage, isText, type ModelPart, textMessage, textOf } from '../../core/ports/models.ts';
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
  tools: z
    .array(
      z.object({
        name: z.string(),
        description: z.string(),
        inputSchema: z.record(z.string(), z.unknown()),
      }),
    )
    .exactOptional(),
  lines: count,
});

const textPart = z.object({ type: z.literal('text'), text: z.string() });
const toolUse = z.object({
  type: z.literal('tool-use'),
  id: z.string(),
  name: z.string(),
  input: z.unknown(),
});
const toolResult = z.object({
  type: z.literal('tool-result'),
  id: z.string(),
  text: z.string(),
  isError: z.boolean().exactOptional(),
});

/** A message that is more than text, in one line. */
const messageLine = z.union([
  z.object({ role: z.literal('user'), parts: z.array(z.union([textPart, toolResult])) }),
  z.object({ role: z.literal('assistant'), parts: z.array(z.union([textPart, toolUse])) }),
]);

/** A line of a prompt; the first of a text names its role. */
const promptLine = z.union([
  z.tuple([z.enum(['system', 'user', 'assistant']), z.string()]),
  z.tuple([z.string()]),
  messageLine,
]);

/** What came besides text. Reasoning that was not shown has nothing but its time. */
const otherPart = z.union([
  z.object({ type: z.literal('reasoning'), text: z.string() }),
  z.object({ type: z.literal('retract') }),
  z.object({ type: z.literal('tool-call'), id: z.string(), name: z.string(), input: z.unknown() }),
]);

/** An answer to the request named: what came, with the milliseconds at which it came, and the end. */
const answerLine = z.object({
  answer: z.string(),
  slot: count,
  parts: z.array(z.union([z.tuple([time, z.union([z.string(), otherPart])]), z.tuple([time])])),
  doneMs: time,
  stop: z.enum(['stop', 'length', 'filter', 'tool', 'other']),
  usage: z
    .object({ inputTokens: count, cachedInputTokens: count.exactOptional(), outputTokens: count })
    .exactOptional(),
});

type RequestLine = z.infer<typeof requestLine>;
type AnswerLine = z.infer<typeof answerLine>;

/** Lines of JSON, the prompt as it reads: a changed prompt is a diff of its own lines. */
export function requestLines({ key, caseId, prompt, model, request }: RecordedRequest): readonly string[] {
  const { messages, ...settings } = request;
  const messageLines = messages.flatMap((message) => {
    if (!isText(message)) return [JSON.stringify(message)];
    const [first = '', ...rest] = textOf(message).split('\n');
    return [JSON.stringify([message.role, first]), ...rest.map((line) => JSON.stringify([line]))];
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
  const usage = parts.flatMap(({ part }) => (part.type === 'usage' ? [part.usage] : [])).at(-1);
  const line: AnswerLine = {
    answer: key,
    slot,
    stop: done.part.stopReason,
    ...(usage && { usage }),
    doneMs: done.atMs,
    parts: parts.flatMap(({ atMs, part }) => recordedPart(atMs, part)),
  };
  return JSON.stringify(line);
}

function recordedPart(atMs: number, part: ModelPart): AnswerLine['parts'] {
  switch (part.type) {
    case 'text':
      return [[atMs, part.text]];
    case 'reasoning':
      return [part.text === '' ? [atMs] : [atMs, part]];
    case 'tool-call':
    case 'retract':
      return [[atMs, part]];
    case 'usage':
    case 'done':
      return [];
  }
}

/** What a line of the file is; `undefined` when it is neither a request nor an answer. */
export function readHeadLine(text: string): RequestLine | AnswerLine | undefined {
  const parsed = z.union([requestLine, answerLine]).safeParse(tryJson(text));
  return parsed.success ? parsed.data : undefined;
}

export function requestOf(
  { request: key, case: caseId, prompt, model, maxOutputTokens, temperature, stop, tools }: RequestLine,
  messages: readonly ChatMessage[],
): RecordedRequest {
  const settings = {
    ...(temperature !== undefined && { temperature }),
    ...(stop && { stop }),
    ...(tools && { tools }),
  };
  const request = { messages, maxOutputTokens, ...settings };
  return { key, caseId, ...(prompt !== undefined && { prompt }), model, request };
}

/** The messages of a prompt; `undefined` when a line of it is none. */
export function readPrompt(lines: readonly string[]): readonly ChatMessage[] | undefined {
  const messages: ChatMessage[] = [];
  for (const text of lines) {
    const { data } = promptLine.safeParse(tryJson(text));
    const last = messages.at(-1);
    if (!data) return undefined;
    if (!Array.isArray(data)) messages.push(data);
    else if (data.length === 2) messages.push(textMessage(data[0], data[1]));
    else if (last && isText(last))
      messages.splice(-1, 1, textMessage(last.role, `${textOf(last)}\n${data[0]}`));
    else return undefined;
  }
  return messages;
}

export function partsOf({ parts, doneMs, stop, usage }: AnswerLine): readonly TimedPart[] {
  return [
    ...parts.map(([atMs, part]): TimedPart => ({ atMs, part: modelPart(part) })),
    ...(usage ? [{ atMs: doneMs, part: { type: 'usage' as const, usage } }] : []),
    { atMs: doneMs, part: { type: 'done', stopReason: stop } },
  ];
}

function modelPart(part: AnswerLine['parts'][number][1]): ModelPart {
  if (part === undefined) return { type: 'reasoning', text: '' };
  return typeof part === 'string' ? { type: 'text', text: part } : part;
}
