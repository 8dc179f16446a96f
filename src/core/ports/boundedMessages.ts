import type { ChatMessage, MessagePart } from './chatMessage.ts';

/** UTF-16 units, twice what a model may write at once. */
const MAX_TEXT = 400_000;
/** Names, notes, paths and lines. */
const MAX_LINE = 20_000;
/** Parts, citations, notices, and hunks and lines of a proposed edit. */
const MAX_ENTRIES = 1_000;
const MAX_MESSAGES = 2_000;
/** UTF-16 units of all messages together, as JSON. */
const MAX_TOTAL = 10_000_000;
/** Values within values, and all of them, of what a tool is called with. */
const MAX_DEPTH = 50;
const MAX_VALUES = 10_000;

/**
 * The newest of a conversation that is read from somewhere or kept there: as much as a view can show and a message can
 * carry. What the product itself has written is hardly ever cut. Begins with a question, and no answer but the last is
 * streaming.
 */
export function boundedMessages(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const kept: ChatMessage[] = [];
  let total = 0;
  for (const message of messages.slice(-MAX_MESSAGES).toReversed()) {
    const bounded = boundedMessage(message, kept.length === 0);
    // As it is written: what JSON escapes counts in full.
    total += JSON.stringify(bounded).length;
    if (total > MAX_TOTAL) break;
    kept.push(bounded);
  }
  kept.reverse();
  if (kept.length === messages.length) return kept;
  const first = kept.findIndex(({ role }) => role === 'user');
  return first < 0 ? [] : kept.slice(first);
}

function boundedMessage(message: ChatMessage, isLast: boolean): ChatMessage {
  const id = line(message.id);
  if (message.role === 'user') return { ...message, id, text: text(message.text) };
  return {
    ...message,
    id,
    parts: message.parts.slice(0, MAX_ENTRIES).map(boundedPart),
    citations: message.citations.slice(0, MAX_ENTRIES).map((citation) => ({
      ...citation,
      root: line(citation.root),
      path: line(citation.path),
    })),
    notices: message.notices.slice(0, MAX_ENTRIES).map(line),
    note: line(message.note),
    ...(message.source !== undefined && { source: line(message.source) }),
    state: message.state === 'streaming' && !isLast ? 'stopped' : message.state,
  };
}

function boundedPart(part: MessagePart): MessagePart {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return { ...part, text: text(part.text) };
    case 'tool': {
      const { result } = part;
      return {
        ...part,
        id: line(part.id),
        name: line(part.name),
        input: isSmall(part.input) ? part.input : null,
        ...(result && { result: { ...result, text: text(result.text) } }),
      };
    }
    case 'edit': {
      const { id, root, path, hunks } = part.edit;
      const lines = (all: readonly string[]) => all.slice(0, MAX_ENTRIES).map(line);
      return {
        ...part,
        edit: {
          ...{ id: line(id), root: line(root), path: line(path) },
          hunks: hunks.slice(0, MAX_ENTRIES).map(({ startLine, removed, added }) => ({
            ...{ startLine, removed: lines(removed), added: lines(added) },
          })),
        },
      };
    }
  }
}

const text = (whole: string) => whole.slice(0, MAX_TEXT);
const line = (whole: string) => whole.slice(0, MAX_LINE);

/** Whether a JSON value is of a size and depth that can be shown, sent and written. */
function isSmall(value: unknown): boolean {
  let left = MAX_VALUES;
  let length = MAX_TEXT;
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    left -= level.length;
    for (const each of level) if (typeof each === 'string') length -= each.length;
    if (depth > MAX_DEPTH || left < 0 || length < 0) return false;
    level = level.flatMap((each) => {
      if (typeof each !== 'object' || each === null) return [];
      return Array.isArray(each) ? (each as readonly unknown[]) : Object.entries(each).flat();
    });
  }
  return true;
}
