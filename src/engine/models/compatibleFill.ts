import {
  createLlamacppCompletionModel,
  probeInfill,
} from '../../adapters/llamacpp/llamacppCompletionModel.ts';
import { createOllamaCompletionModel, probeOllama } from '../../adapters/ollama/ollamaCompletionModel.ts';
import type { EndpointOptions } from '../../adapters/http/endpointOptions.ts';
import { createOpenaiCompletionModel } from '../../adapters/openai/openaiCompletionModel.ts';
import type { CompletionModel } from '../../core/ports/models.ts';

/** How a server of one's own is made to fill in the middle. */
interface Way {
  readonly model: CompletionModel;
  /** For the log. */
  readonly reason: string;
}

export interface CompatibleFillOptions {
  /** The base URL is that of the calls that all such servers have, as a rule `…/v1`. */
  readonly options: EndpointOptions;
  /** Asks the model in the form of a chat. */
  readonly chatFill: CompletionModel;
  /** Is told once, in one sentence, how the model is asked and why. */
  readonly onChosen: (sentence: string) => void;
}

/**
 * A server that somebody runs says only when it is asked what it is. Ollama puts the marks where the model's template has a
 * place for a suffix, llama.cpp where the model knows how; others pass a prompt on as it is, so that the marks of well-known
 * families can be put here. All else is asked in the form of a chat. Asked with the first request, and again after a failure.
 */
export function createCompatibleFill({
  options,
  chatFill,
  onChosen,
}: CompatibleFillOptions): CompletionModel {
  let chosen: Way | undefined;
  const choose = async (signal: AbortSignal): Promise<CompletionModel> => {
    if (!chosen) {
      const way = await findWay(options, chatFill, signal);
      // Two requests may have asked at once; one tells.
      chosen ??= (onChosen(way.reason), way);
    }
    return chosen.model;
  };
  return {
    id: chatFill.id,
    endpoint: chatFill.endpoint,
    prompt: () => chosen?.model.prompt?.(),
    async *complete(request, signal, onAlive) {
      const model = await choose(signal);
      yield* model.complete(request, signal, onAlive);
    },
  };
}

async function findWay(
  options: EndpointOptions,
  chatFill: CompletionModel,
  signal: AbortSignal,
): Promise<Way> {
  const name = `${options.model} at ${options.endpoint.host}`;
  const root = atRoot(options);
  const template = await probeOllama(root, signal);
  if (template === 'suffix') {
    return {
      model: createOllamaCompletionModel(root),
      reason: `${name} fills in the middle by Ollama's template`,
    };
  }
  if (template === 'no-suffix') {
    const reason = `The template of ${name} has no place for a suffix, so Ollama cannot fill in the middle with it: it is asked in the form of a chat`;
    return { model: chatFill, reason };
  }
  if (await probeInfill(root, signal)) {
    return {
      model: createLlamacppCompletionModel(root),
      reason: `${name} fills in the middle by /infill of llama.cpp`,
    };
  }
  const marked = createOpenaiCompletionModel(options);
  if (marked) return { model: marked, reason: `${name} fills in the middle with the marks of its family` };
  const reason = `No way is known to have ${name} fill in the middle: it is asked in the form of a chat`;
  return { model: chatFill, reason };
}

/** The servers' own calls stand beside `/v1`. */
function atRoot(options: EndpointOptions): EndpointOptions {
  const { endpoint } = options;
  return { ...options, endpoint: { ...endpoint, baseUrl: endpoint.baseUrl.replace(/\/v1$/, '') } };
}
