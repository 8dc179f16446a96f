import { ModelCutOffError, ModelNoAnswerError } from '../errors/modelErrors.ts';
import { checkCitations } from '../grounding/checkCitations.ts';
import { codeFence } from '../text/markdownText.ts';
import type { ChatRequest } from '../ports/chatRequest.ts';
import type { DonePart } from '../ports/modelPart.ts';
import type { PromptPolicy } from '../ports/promptPolicy.ts';
import type { StopReason } from '../shared/modelUsage.ts';
import { blockPiece } from '../prompts/chatAnswer.ts';
import { renderPrompt } from '../prompts/renderPrompt.ts';
import type { SourceBlock } from '../prompts/sourceBlock.ts';
import type { ActiveModel } from '../models/activeModel.ts';
import type { ModelShare, WrittenAnswer } from './answer.ts';
import { settingsDigest } from '../shared/provenance.ts';
import type { Citation } from '../shared/citation.ts';
import type { Exchange } from '../prompts/exchange.ts';
import type { AnswerDeps } from './extractiveAnswer.ts';
import { readBlocks } from '../context/readBlocks.ts';
import { CitationStream } from './modelAnswerCitations.ts';
import { retrievalQuery } from './modelAnswerQuery.ts';

export interface ModelTurn {
  readonly question: string;
  /** Oldest first. */
  readonly history: readonly Exchange[];
}

/** More than the largest budget holds: the prompt leaves out what does not fit. */
const HITS = 30;

/**
 * Answers a question by a language model from numbered excerpts of the workspace. Yields Markdown as it arrives, its
 * citations numbered from 1 in order of appearance, and returns the whole with its citations, checked against the live
 * files. Fails only before the first text; an answer that breaks off later is returned as far as it came.
 */
export async function* answerByModel(
  turn: ModelTurn,
  model: ActiveModel,
  deps: AnswerDeps & { readonly prompts: PromptPolicy },
  signal: AbortSignal,
): AsyncGenerator<string, WrittenAnswer, undefined> {
  const choice = deps.prompts.choose({ prompt: 'chat.answer' });
  const hits = await deps.search(retrievalQuery(turn.question, turn.history), HITS, signal);
  const blocks = (await readBlocks(hits, deps.readLive, signal)).map(({ block }) => block);
  const prompt = renderPrompt(
    'chat.answer',
    { ...turn, blocks },
    {
      variant: choice.prompt.variant,
      budgetTokens: model.promptTokens,
      maxOutputTokens: model.outputTokens,
    },
  );
  const shown = blocks.filter((_, index) => prompt.kept.has(blockPiece(index + 1)));
  const citations = new CitationStream(shown.length);
  const written = yield* write(model, prompt.request, citations, signal);
  const sources = citations.cited.flatMap((number, at) => toCitation(shown[number - 1], at + 1));
  const grounding = await checkCitations(evidence(citations.cited, shown), sources, deps.readLive);
  const { invented } = citations;
  return {
    text: written.text,
    citations: sources,
    source: 'model',
    grounding: invented > 0 ? { ...grounding, invented } : grounding,
    model: { id: model.chat.id, ...written.share },
    provenance: {
      source: 'model',
      model: model.chat.id,
      ...choice,
      settings: settingsOf(model),
      ...(written.share.usage && { usage: written.share.usage }),
    },
    // The prompt asks for a citation after each statement about the code, so without one nothing was found.
    ...(sources.length === 0 && { isAbstention: true }),
  };
}

function settingsOf({ promptTokens, outputTokens }: ActiveModel): string {
  return settingsDigest({
    'model.hits': HITS,
    'model.promptTokens': promptTokens,
    'model.outputTokens': outputTokens,
  });
}

interface Written {
  readonly text: string;
  readonly share: Omit<ModelShare, 'id'>;
}

async function* write(
  model: ActiveModel,
  request: ChatRequest,
  citations: CitationStream,
  signal: AbortSignal,
): AsyncGenerator<string, Written, undefined> {
  let text = '';
  let ending: DonePart | Error = new ModelCutOffError(model.chat.endpoint, 0);
  try {
    for await (const part of model.chat.stream(request, signal)) {
      if (part.type === 'done') ending = part;
      if (part.type !== 'text') continue;
      const ready = citations.push(part.text);
      text += ready;
      if (ready !== '') yield ready;
    }
  } catch (error) {
    signal.throwIfAborted();
    ending = error instanceof Error ? error : new Error(String(error));
  }
  const rest = citations.end();
  text += rest;
  if (rest !== '') yield rest;
  // What was shown cannot be taken back, so only an answer without a word fails.
  if (text.trim() === '') {
    throw ending instanceof Error ? ending : new ModelNoAnswerError(model.chat.endpoint, ending.stopReason);
  }
  return { text, share: shareOf(ending, model) };
}

function shareOf(ending: DonePart | Error, { outputTokens }: ActiveModel): Written['share'] {
  if (ending instanceof Error) return { problem: ending.message };
  const problem = unfinished(ending.stopReason, outputTokens);
  return { ...(problem !== undefined && { problem }), ...(ending.usage && { usage: ending.usage }) };
}

function unfinished(stopReason: StopReason, outputTokens: number): string | undefined {
  switch (stopReason) {
    case 'stop':
      return undefined;
    case 'length':
      return `The answer reached the limit of ${outputTokens} tokens. Ask for the rest, or for less.`;
    case 'filter':
      return 'The provider stopped the answer. Ask in another way, or choose another model.';
    case 'other':
      return 'The model stopped before the end of its answer. Ask again.';
  }
}

function toCitation(block: SourceBlock | undefined, number: number): readonly Citation[] {
  if (!block) return [];
  const { path, startLine, endLine } = block;
  return [{ number, path, startLine, endLine }];
}

/** What the model was shown of each source, in the form in which an answer quotes: it must still be there. */
function evidence(cited: readonly number[], blocks: readonly SourceBlock[]): string {
  return cited
    .map((number, at) => [`[${at + 1}]`, ...codeFence(blocks[number - 1]?.lines ?? [], '')].join('\n'))
    .join('\n');
}
