import { ModelCutOffError, ModelNoAnswerError, ModelResponseError } from '../errors/modelErrors.ts';
import { checkCitations } from '../grounding/checkCitations.ts';
import { codeFence } from '../text/markdownText.ts';
import type { ChatRequest, DonePart } from '../ports/models.ts';
import type { PromptPolicy } from '../ports/promptPolicy.ts';
import { settingsDigest, type StopReason, type TokenUsage } from '../shared/provenance.ts';
import { blockPiece } from '../prompts/chatAnswer.ts';
import { renderPrompt } from '../prompts/renderPrompt.ts';
import type { SourceBlock } from '../prompts/sourceBlock.ts';
import type { ActiveModel } from '../models/activeModel.ts';
import type { AnswerPart, ModelShare, WrittenAnswer } from './answer.ts';
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
 * Answers a question by a language model from numbered excerpts of the workspace. Yields the answer as it arrives, its
 * citations numbered from 1 in order of appearance, and returns the whole with its citations, checked against the live
 * files. Fails only before the first text; an answer that breaks off later is returned as far as it came.
 */
export async function* answerByModel(
  turn: ModelTurn,
  model: ActiveModel,
  deps: AnswerDeps & { readonly prompts: PromptPolicy },
  signal: AbortSignal,
): AsyncGenerator<AnswerPart, WrittenAnswer, undefined> {
  const choice = deps.prompts.choose({ prompt: 'chat.answer' });
  yield { type: 'progress', stage: 'searching' };
  const hits = await deps.search(retrievalQuery(turn.question, turn.history), HITS, signal);
  yield { type: 'progress', stage: 'reading' };
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
  yield { type: 'progress', stage: 'asking' };
  const written = yield* write(model, prompt.request, new Transcript(shown), signal);
  const { text, cited, citations, invented } = written.transcript;
  const grounding = await checkCitations(evidence(cited, shown), citations, deps.readLive);
  return {
    text,
    citations,
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
    ...(citations.length === 0 && { isAbstention: true }),
  };
}

function settingsOf({ promptTokens, outputTokens }: ActiveModel): string {
  return settingsDigest({
    'model.hits': HITS,
    'model.promptTokens': promptTokens,
    'model.outputTokens': outputTokens,
  });
}

/** More than anybody reads of an answer and of the reasoning before it, and than a view should have to draw: UTF-16 units. */
export const MAX_ANSWER_LENGTH = 200_000;
/** Of blanks before the first word, what may be the indentation of code. */
const MAX_BLANKS = 1_000;

/** What has been shown of an answer, and the sources that it cites. */
class Transcript {
  text = '';
  citations: readonly Citation[] = [];
  readonly #blocks: readonly SourceBlock[];
  #stream: CitationStream;
  /** Blanks that nothing has followed yet: an answer of blanks is none, and must not be shown. */
  #blanks = '';

  constructor(blocks: readonly SourceBlock[]) {
    this.#blocks = blocks;
    this.#stream = new CitationStream(blocks.length);
  }

  /** The block behind each citation, counted from 1. */
  get cited(): readonly number[] {
    return this.#stream.cited;
  }

  get invented(): number {
    return this.#stream.invented;
  }

  *push(part: string): Generator<AnswerPart> {
    yield* this.#show(this.#stream.push(part));
  }

  *end(): Generator<AnswerPart> {
    yield* this.#show(this.#stream.end());
  }

  /** All of it was reasoning. */
  *retract(): Generator<AnswerPart> {
    if (this.text !== '') yield { type: 'retracted' };
    this.text = '';
    this.citations = [];
    this.#blanks = '';
    this.#stream = new CitationStream(this.#blocks.length);
  }

  *#show(ready: string): Generator<AnswerPart> {
    const text = this.#blanks + ready;
    if (this.text === '' && text.trim() === '') {
      this.#blanks = text.slice(-MAX_BLANKS);
      return;
    }
    this.#blanks = '';
    if (text === '') return;
    for (const number of this.cited.slice(this.citations.length)) {
      const block = this.#blocks[number - 1];
      if (!block) continue;
      const { path, startLine, endLine } = block;
      const citation = { number: this.citations.length + 1, path, startLine, endLine };
      this.citations = [...this.citations, citation];
      yield { type: 'citation', citation };
    }
    this.text += text;
    yield { type: 'text', text };
  }
}

interface Written {
  readonly transcript: Transcript;
  readonly share: Omit<ModelShare, 'id'>;
}

async function* write(
  model: ActiveModel,
  request: ChatRequest,
  transcript: Transcript,
  signal: AbortSignal,
): AsyncGenerator<AnswerPart, Written, undefined> {
  let usage: TokenUsage | undefined;
  let ending: DonePart | Error = new ModelCutOffError(model.chat.endpoint, 0);
  let received = 0;
  try {
    for await (const part of model.chat.stream(request, signal)) {
      if (part.type === 'text' || part.type === 'reasoning') {
        const text = cutTo(part.text, MAX_ANSWER_LENGTH - received);
        received += part.text.length;
        if (part.type === 'text') yield* transcript.push(text);
        else yield* reasoned(text);
        if (received > MAX_ANSWER_LENGTH) throw new ModelResponseError(model.chat.endpoint, 'too-large');
      } else if (part.type === 'retract') yield* transcript.retract();
      else if (part.type === 'usage') {
        usage = part.usage;
        yield { type: 'usage', usage };
      } else if (part.type === 'done') ending = part;
    }
  } catch (error) {
    signal.throwIfAborted();
    ending = error instanceof Error ? error : new Error(String(error));
  }
  yield* transcript.end();
  // What was shown cannot be taken back, so only an answer without a word fails.
  if (transcript.text === '') {
    throw ending instanceof Error ? ending : new ModelNoAnswerError(model.chat.endpoint, ending.stopReason);
  }
  const problem =
    ending instanceof Error ? ending.message : unfinished(ending.stopReason, model.outputTokens);
  return { transcript, share: { ...(problem !== undefined && { problem }), ...(usage && { usage }) } };
}

function* reasoned(text: string): Generator<AnswerPart> {
  if (text !== '') yield { type: 'reasoning', text };
}

/** At most so many UTF-16 units from the start, and no half of a character. */
function cutTo(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

function unfinished(stopReason: StopReason, outputTokens: number): string | undefined {
  switch (stopReason) {
    case 'stop':
      return undefined;
    case 'length':
      return `The answer reached the limit of ${outputTokens} tokens. Ask for the rest, or for less.`;
    case 'filter':
      return 'The provider stopped the answer. Ask in another way, or choose another model.';
    case 'tool':
    case 'other':
      return 'The model stopped before the end of its answer. Ask again.';
  }
}

/** What the model was shown of each source, in the form in which an answer quotes: it must still be there. */
function evidence(cited: readonly number[], blocks: readonly SourceBlock[]): string {
  return cited
    .map((number, at) => [`[${at + 1}]`, ...codeFence(blocks[number - 1]?.lines ?? [], '')].join('\n'))
    .join('\n');
}
