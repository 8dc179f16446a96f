import type { ActiveModel } from '../models/activeModel.ts';
import type { CompletionModel, FillRequest, ModelPart } from '../ports/models.ts';
import type { PromptPolicy } from '../ports/promptPolicy.ts';
import { fillForms } from '../prompts/completionFill.ts';
import { renderPrompt } from '../prompts/renderPrompt.ts';
import type { PromptVersion } from '../shared/provenance.ts';
import { type FillForm, insertionOf, repeatedText } from './chatFillAnswer.ts';

/** Beside what is put in: what the form repeats, the tags, and the little that models think which cannot do without. */
const EXTRA_TOKENS = 400;

/** A chat model that fills in the middle because it is told how to: what it writes around that is taken off. */
export function createChatFill(
  { chat, promptTokens, outputTokens }: ActiveModel,
  prompts: PromptPolicy,
): CompletionModel {
  let version: PromptVersion | undefined;
  return {
    id: chat.id,
    endpoint: chat.endpoint,
    prompt: () => version,
    async *complete(asked, signal, onAlive) {
      version = prompts.choose({ prompt: 'completion.fill' }).prompt;
      const form = formOf(version.variant);
      const repeated = repeatedText(form, asked.prefix, asked.suffix);
      const { request } = renderPrompt(
        'completion.fill',
        { ...asked, ...repeated },
        {
          variant: version.variant,
          budgetTokens: promptTokens,
          maxOutputTokens: Math.min(outputTokens, asked.maxOutputTokens + EXTRA_TOKENS),
        },
      );
      const parts = chat.stream({ ...request, thinking: 'least', ...settingsOf(asked) }, signal, onAlive);
      yield* insertions(parts, (written, isEnded) => insertionOf(form, written, isEnded, repeated));
    },
  };
}

function formOf(variant: number): FillForm {
  const form = new Map<number, FillForm>(
    Object.entries(fillForms).map(([version, each]) => [Number(version), each]),
  ).get(variant);
  if (!form) throw new RangeError(`The prompt completion.fill has no form ${variant}.`);
  return form;
}

function settingsOf({ temperature }: FillRequest): { readonly temperature?: number } {
  return temperature === undefined ? {} : { temperature };
}

/** The parts of an answer, with the text to put in in place of what is written. */
async function* insertions(
  parts: AsyncIterable<ModelPart>,
  read: (written: string, isEnded: boolean) => string | undefined,
): AsyncGenerator<ModelPart> {
  let written = '';
  let given = '';
  const more = (isEnded: boolean): string => {
    const text = read(written, isEnded);
    // What has been given stands: at the end there may be less, as lines are taken off that stand below.
    const next = text?.startsWith(given) ? text.slice(given.length) : '';
    given += next;
    return next;
  };
  for await (const part of parts) {
    if (part.type === 'retract') written = '';
    if (part.type === 'text') written += part.text;
    const text = part.type === 'text' || part.type === 'done' ? more(part.type === 'done') : '';
    if (text !== '') yield { type: 'text', text };
    if (part.type !== 'text' && part.type !== 'retract') yield part;
  }
}
