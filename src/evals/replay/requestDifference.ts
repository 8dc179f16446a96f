import { isText, textOf, type ChatMessage, type ChatRequest } from '../../core/ports/models.ts';
import type { RecordedRequest } from './recording.ts';

/** Enough to recognise what changed; all of it is in the prompt. */
const SHOWN_LINES = 5;
const SHOWN_LENGTH = 120;

/** The request that has most lines in common with the one asked; of the same model if there is any. */
export function nearestRequest(
  asked: Pick<RecordedRequest, 'model' | 'request' | 'caseId'>,
  stored: Iterable<RecordedRequest>,
): RecordedRequest | undefined {
  const wanted = new Set(linesOf(asked.request));
  let best: { readonly each: RecordedRequest; readonly closeness: number } | undefined;
  for (const each of stored) {
    const lines = new Set(linesOf(each.request));
    const both = [...lines].filter((line) => wanted.has(line)).length;
    const shared = both / (lines.size + wanted.size - both);
    const closeness = shared + (each.model === asked.model ? 2 : 0) + (each.caseId === asked.caseId ? 1 : 0);
    if (best === undefined || closeness > best.closeness) best = { each, closeness };
  }
  return best?.each;
}

/** What the request asked has and the stored one has not, line by line, `-` for stored and `+` for asked. */
export function requestDifference(
  asked: Pick<RecordedRequest, 'model' | 'request'>,
  stored: Pick<RecordedRequest, 'model' | 'request'>,
): string {
  const before = [`model ${stored.model}`, ...settingsOf(stored.request), ...linesOf(stored.request)];
  const now = [`model ${asked.model}`, ...settingsOf(asked.request), ...linesOf(asked.request)];
  const removed = missing(before, now);
  const added = missing(now, before);
  if (removed.length + added.length === 0) return '  the same lines in another order or number';
  return [...excerpt(removed, '-'), ...excerpt(added, '+')].join('\n');
}

function missing(lines: readonly string[], others: readonly string[]): readonly string[] {
  const there = new Set(others);
  return lines.filter((line) => !there.has(line));
}

function excerpt(lines: readonly string[], sign: string): readonly string[] {
  const more = lines.length - SHOWN_LINES;
  return [
    ...lines.slice(0, SHOWN_LINES).map((line) => `  ${sign} ${line.slice(0, SHOWN_LENGTH)}`),
    ...(more > 0 ? [`  ${sign} … and ${more} more`] : []),
  ];
}

function settingsOf({ maxOutputTokens, temperature, stop, tools }: ChatRequest): readonly string[] {
  return [
    `most tokens ${maxOutputTokens}`,
    `temperature ${temperature ?? 'default'}`,
    `stop ${JSON.stringify(stop ?? [])}`,
    ...(tools ?? []).map((tool) => `tool ${JSON.stringify(tool)}`),
  ];
}

function linesOf({ messages }: ChatRequest): readonly string[] {
  return messages.flatMap((message) =>
    messageTexts(message).flatMap((text) => text.split('\n').map((line) => `${message.role}: ${line}`)),
  );
}

/** All that a message holds, as text. */
export function messageTexts(message: ChatMessage): readonly string[] {
  if (isText(message)) return [textOf(message)];
  return message.parts.map((part) =>
    part.type === 'tool-use' ? `${part.name} ${JSON.stringify(part.input)}` : part.text,
  );
}
