import type { CompletionRequest, CompletionSource, Proposal } from '../ports/completionSource.ts';
import type { CompletionModel, FillRequest } from '../ports/models.ts';
import type { Clock } from '../ports/runtime.ts';
import { isSecretPath } from '../secrets/isSecretPath.ts';
import { settingsDigest, type TokenUsage } from '../shared/provenance.ts';
import { suggestEdit, type TextEdit } from '../text/textEdit.ts';
import { cursorLine, type CursorLine } from './cursorSite.ts';
import { fillProgress } from './fillText.ts';
import { isInsideWord, isSuppressed } from './suppression.ts';
import type { SharedFill } from './sharedFill.ts';
import { answerWithSelection, withSelection } from './selection.ts';

/** A model that may know answers from before. */
type FillModel = CompletionModel & Partial<Pick<SharedFill, 'knows'>>;

export interface FillSourceOptions {
  /** The model, wrapped by the model client; undefined while there is none. */
  readonly load: () => Promise<FillModel | undefined>;
  /** Whether text of this file may be sent anywhere; files for credentials never are. */
  readonly maySend: (path: string) => Promise<boolean>;
  readonly now: Clock['now'];
  readonly budget?: FillBudget;
}

/** What the model is shown in place of a secret is no code. */
const REDACTED = '[secret]';

/** How much text a request holds, in characters: about three a token. */
export interface FillBudget {
  readonly characters: number;
  /** The part of it for what stands before the cursor. What one side does not need is the other's. */
  readonly prefixShare: number;
  readonly maxOutputTokens: number;
}

export const FILL_BUDGET: FillBudget = { characters: 6000, prefixShare: 0.75, maxOutputTokens: 160 };

/**
 * Models give no probabilities here, so this is what is assumed of a line and of a block until it has been measured:
 * below what the workspace model shows, so that other text never takes the place of that.
 */
const LINE_CONFIDENCE = 0.5;
const BLOCK_CONFIDENCE = 0.4;

/**
 * Completes with a language model that fills in the middle: first the line, then, when it opens a block, the block.
 * Nothing is asked for files that hold credentials.
 */
export function createFillSource({
  load,
  maySend,
  now,
  budget = FILL_BUDGET,
}: FillSourceOptions): CompletionSource {
  const settings = settingsDigest({
    'fill.characters': budget.characters,
    'fill.prefix-share': budget.prefixShare,
    'fill.output-tokens': budget.maxOutputTokens,
  });
  return {
    id: 'model',
    async *propose(request, signal) {
      const { path, text, offset } = withSelection(request);
      const at = cursorLine(text, offset);
      if (offset > text.length || isSecretPath(path) || isInsideWord(at)) return;
      const startedAt = now();
      if (!(await maySend(path))) return;
      const model = await load();
      if (!model) return;
      const asked = fillRequest(path, at, budget);
      const isCached = model.knows?.(asked) === true;
      let shown = '';
      for await (const { edit, usage } of fill(model, asked, at, signal)) {
        if (edit.text === shown || isSuppressed(edit, at) || edit.text.includes(REDACTED)) continue;
        shown = edit.text;
        const answer = answerWithSelection(request, edit);
        if (!answer) continue;
        const latencyMs = Math.max(0, now() - startedAt);
        const prompt = model.prompt?.();
        const provenance = {
          source: 'model',
          model: model.id,
          ...(prompt && { prompt }),
          settings,
          latencyMs,
          ...(isCached && { isCached }),
          ...(usage && { usage }),
        };
        yield proposalOf(request, answer, provenance);
      }
    },
  };
}

function proposalOf(
  request: CompletionRequest,
  edit: TextEdit,
  provenance: Proposal['provenance'],
): Proposal {
  return {
    edit: suggestEdit(request.path, request.text, [edit]),
    confidence: edit.text.includes('\n') ? BLOCK_CONFIDENCE : LINE_CONFIDENCE,
    provenance,
  };
}

/** The text around the cursor, in whole lines as far as the budget goes. */
export function fillRequest(
  path: string,
  { text, offset }: CursorLine,
  { characters, prefixShare, maxOutputTokens }: FillBudget,
): FillRequest {
  const wanted = Math.floor(characters * prefixShare);
  const suffixLength = Math.min(text.length - offset, characters - Math.min(offset, wanted));
  const prefixLength = Math.min(offset, characters - suffixLength);
  return {
    path,
    prefix: fromLineStart(text, offset - prefixLength, offset),
    suffix: toLineEnd(text, offset, offset + suffixLength),
    context: [],
    maxOutputTokens,
    temperature: 0,
  };
}

function fromLineStart(text: string, from: number, to: number): string {
  const breakBefore = from === 0 ? -1 : text.indexOf('\n', from - 1);
  return text.slice(breakBefore < 0 || breakBefore >= to ? from : breakBefore + 1, to);
}

function toLineEnd(text: string, from: number, to: number): string {
  const lastBreak = to === text.length ? to : text.lastIndexOf('\n', to - 1) + 1;
  return text.slice(from, lastBreak <= from ? to : lastBreak);
}

/** What can be put in, as soon as it is there; ends the model's work when no more is wanted. */
async function* fill(
  model: CompletionModel,
  request: FillRequest,
  at: CursorLine,
  signal: AbortSignal,
): AsyncGenerator<{ readonly edit: TextEdit; readonly usage?: TokenUsage | undefined }> {
  let written = '';
  let usage: TokenUsage | undefined;
  for await (const part of model.complete(request, signal)) {
    if (part.type === 'text') written += part.text;
    if (part.type === 'usage') usage = part.usage;
    if (part.type !== 'text' && part.type !== 'done') continue;
    const isEnded = part.type === 'done' && part.stopReason === 'stop';
    const { edit, isFinal } = fillProgress(written, isEnded, at);
    if (edit) yield { edit, ...(part.type === 'done' && { usage }) };
    if (isFinal) return;
  }
}
