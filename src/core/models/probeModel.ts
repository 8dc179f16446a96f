import { errorMessage } from '../errors/touchstoneError.ts';
import { renderPrompt } from '../prompts/renderPrompt.ts';
import { prompts } from '../prompts/promptRegistry.ts';
import type { ChatModel } from '../ports/models.ts';
import type { Clock } from '../ports/runtime.ts';

/** Whether a model answers, for a person who has just entered its key. */
export type ModelProbe =
  | { readonly ok: true; readonly model: string; readonly latencyMs: number }
  /** What is wrong and what to do about it. */
  | { readonly ok: false; readonly message: string };

/** Enough for a word, and for models that think about it for a moment. */
const OUTPUT_TOKENS = 64;

/** Sends the smallest request there is. Rejects only when `signal` aborts. `load` may fail, say because of the address. */
export async function probeModel(
  load: () => Promise<{ readonly chat: ChatModel }>,
  clock: Pick<Clock, 'now'>,
  signal: AbortSignal,
): Promise<ModelProbe> {
  const { request } = renderPrompt('model.probe', null, {
    variant: prompts['model.probe'].default,
    budgetTokens: 100,
    maxOutputTokens: OUTPUT_TOKENS,
  });
  try {
    const { chat } = await load();
    const startedAt = clock.now();
    for await (const part of chat.stream(request, signal)) {
      if (part.type === 'done') break;
    }
    return { ok: true, model: chat.id, latencyMs: clock.now() - startedAt };
  } catch (error) {
    signal.throwIfAborted();
    return { ok: false, message: errorMessage(error) };
  }
}
