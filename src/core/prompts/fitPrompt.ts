import { PromptTooLongError } from '../errors/modelErrors.ts';
import { textMessage, type ChatMessage } from '../ports/models.ts';
import type { PromptMessage, PromptPiece } from './promptTemplate.ts';
import type { TokenCounter } from './tokenCounter.ts';

export interface FittedPrompt {
  readonly messages: readonly ChatMessage[];
  /** At most the budget. */
  readonly tokens: number;
  /** Names of the pieces that are in the prompt, whole or trimmed. */
  readonly kept: ReadonlySet<string>;
}

/** What providers add to each message: a role and marks around the text. */
const MESSAGE_TOKENS = 4;
const SEPARATOR = '\n\n';
/** Less than this of a piece says nothing. */
const MIN_TRIMMED = 24;

type Cost = Map<PromptPiece, number>;

/**
 * Makes a prompt fit its budget: trims or leaves out the piece with the least priority, then the next, and trims what is
 * required only when nothing else is left. Throws `PromptTooLongError` when that is not enough.
 */
export function fitPrompt(
  draft: readonly PromptMessage[],
  budgetTokens: number,
  count: TokenCounter,
): FittedPrompt {
  let messages = draft;
  const costs = costsOf(draft, count);
  const steps = shrinkingOrder(draft);
  for (;;) {
    const estimate = estimateOf(messages, costs);
    // Counting the whole text is dear, so it waits until the sum of the pieces says that it fits.
    const tokens = estimate > budgetTokens ? estimate : countOf(messages, count);
    if (tokens <= budgetTokens)
      return {
        messages: messages.map((message) => textMessage(message.role, messageText(message))),
        tokens,
        kept: namesIn(messages),
      };
    const name = steps.shift();
    if (name === undefined) throw new PromptTooLongError(tokens, budgetTokens);
    messages = shrink(messages, name, tokens - budgetTokens, { costs, count });
  }
}

/** Names of pieces: first those that may go, the least important first, then the required ones that can be trimmed. */
function shrinkingOrder(draft: readonly PromptMessage[]): string[] {
  const pieces = draft.flatMap((message) => message.pieces);
  const optional = pieces
    .map(({ name, priority }, position) => ({ name, priority, position }))
    .filter(
      (piece): piece is { name: string; priority: number; position: number } => piece.priority !== 'required',
    )
    .sort((a, b) => a.priority - b.priority || b.position - a.position)
    .map(({ name }) => name);
  const required = pieces
    .filter(({ priority, trim }) => priority === 'required' && trim)
    .map(({ name }) => name);
  return [...new Set([...optional, ...required])];
}

interface Counting {
  readonly costs: Cost;
  readonly count: TokenCounter;
}

function shrink(
  messages: readonly PromptMessage[],
  name: string,
  excess: number,
  counting: Counting,
): readonly PromptMessage[] {
  const own = messages.flatMap(({ pieces }) => pieces).filter((piece) => piece.name === name);
  const trimmed = trimOne(own, excess, counting);
  return messages
    .map((message) => ({
      ...message,
      pieces: message.pieces.flatMap((piece) => {
        if (piece.name !== name) return [piece];
        if (trimmed) return [piece === trimmed.before ? trimmed.after : piece];
        return piece.priority === 'required' ? [piece] : [];
      }),
    }))
    .filter(({ pieces }) => pieces.length > 0);
}

/** The one piece that is short enough to lose the excess alone, with its shorter self. */
function trimOne(
  pieces: readonly PromptPiece[],
  excess: number,
  { costs, count }: Counting,
): { readonly before: PromptPiece; readonly after: PromptPiece } | undefined {
  for (const before of pieces) {
    const room = (costs.get(before) ?? 0) - excess - count(SEPARATOR);
    if (!before.trim || room < MIN_TRIMMED) continue;
    const after = { ...before, text: before.trim(room, count) };
    if (after.text === '') continue;
    costs.set(after, costOf(after, count));
    return { before, after };
  }
  return undefined;
}

function costsOf(draft: readonly PromptMessage[], count: TokenCounter): Cost {
  return new Map(
    draft.flatMap(({ pieces }) => pieces.map((piece) => [piece, costOf(piece, count)] as const)),
  );
}

function costOf(piece: PromptPiece, count: TokenCounter): number {
  return count(piece.text) + count(SEPARATOR);
}

function estimateOf(messages: readonly PromptMessage[], costs: Cost): number {
  let tokens = messages.length * MESSAGE_TOKENS;
  for (const { pieces } of messages) for (const piece of pieces) tokens += costs.get(piece) ?? 0;
  return tokens;
}

function countOf(messages: readonly PromptMessage[], count: TokenCounter): number {
  return messages.reduce((sum, message) => sum + MESSAGE_TOKENS + count(messageText(message)), 0);
}

function messageText({ pieces }: PromptMessage): string {
  return pieces.map(({ text }) => text).join(SEPARATOR);
}

function namesIn(messages: readonly PromptMessage[]): ReadonlySet<string> {
  return new Set(messages.flatMap(({ pieces }) => pieces.map(({ name }) => name)));
}
