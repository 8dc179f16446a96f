import { ModelEndpointError } from '../core/errors/modelErrors.ts';
import { errorMessage } from '../core/errors/touchstoneError.ts';
import {
  BUILT_IN,
  type ModelAccess,
  type ModelChoice,
  type ModelProvider,
  modelProviders,
  parseModelChoice,
} from '../core/models/modelChoice.ts';
import { parseModelEndpoint } from '../core/models/modelEndpoint.ts';
import { UsageError } from './usageError.ts';

/** Where keys are read from: the environment, so that they show up in no list of processes. */
const KEY_VARIABLES: Readonly<Record<ModelProvider, string>> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
  gemini: 'GEMINI_API_KEY',
  cohere: 'COHERE_API_KEY',
  mistral: 'MISTRAL_API_KEY',
  deepseek: 'DEEPSEEK_API_KEY',
  inception: 'INCEPTION_API_KEY',
  voyage: 'VOYAGE_API_KEY',
  compatible: 'TOUCHSTONE_API_KEY',
};

/** Headers for the server at `--base-url`, one a line. */
const HEADERS_VARIABLE = 'TOUCHSTONE_HEADERS';

export interface ModelOption {
  readonly model?: string;
  readonly baseUrl?: string;
  /** The way to `baseUrl` may be plain http, wherever it leads. */
  readonly plainHttp?: boolean;
}

/** The language model that `--model` and `--base-url` ask for; `undefined` for the built-in one. One that is not `isAsked` needs no key. */
export function readModelOption(
  option: ModelOption,
  env: Readonly<Record<string, string | undefined>>,
  { isAsked = true }: { readonly isAsked?: boolean } = {},
): ModelAccess | undefined {
  const choice = choiceOf(option);
  if (!choice) return undefined;
  const { baseUrl, plainHttp = false } = option;
  const traits = modelProviders[choice.provider];
  const variable = KEY_VARIABLES[choice.provider];
  const { [variable]: key = '' } = env;
  const apiKey = key.trim();
  // A server of one's own in the provider's place may do without.
  if (apiKey === '' && traits.needsKey && baseUrl === undefined && isAsked) {
    throw new UsageError(`${traits.label} needs a key. Set the environment variable ${variable}.`);
  }
  if (baseUrl !== undefined) checkUrl(baseUrl, plainHttp, apiKey === '' ? undefined : variable);
  const access = {
    ...choice,
    ...headersOf(option, env),
    baseUrl: baseUrl ?? traits.baseUrl,
    ...(apiKey !== '' && { apiKey }),
  };
  return plainHttp ? { ...access, plainHttp } : access;
}

/** Only to a server that was named along with them. */
function headersOf(
  { baseUrl }: ModelOption,
  env: Readonly<Record<string, string | undefined>>,
): Pick<ModelAccess, 'headers'> {
  const text = baseUrl === undefined ? '' : env[HEADERS_VARIABLE];
  const lines = (text ?? '').split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return {};
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) return [name, value];
      throw new UsageError(`${HEADERS_VARIABLE} has a line that is not “name: value”.`);
    }),
  );
  return { headers };
}

function choiceOf({ model = BUILT_IN, baseUrl, plainHttp = false }: ModelOption): ModelChoice | undefined {
  const choice = parseModelChoice(model);
  if (!choice) {
    throw new UsageError(
      `Unknown model '${model}'. Write ${BUILT_IN} or provider:model, such as openai:gpt-5.4-mini.`,
    );
  }
  if (plainHttp && baseUrl === undefined) throw new UsageError('--plain-http needs a --base-url.');
  if (choice !== BUILT_IN) return choice;
  if (baseUrl !== undefined) throw new UsageError('--base-url needs a --model that is not built in.');
  return undefined;
}

/** `variable` is the one that holds a key, where there is one. */
function checkUrl(baseUrl: string, plainHttp: boolean, variable: string | undefined): void {
  try {
    const { host, takesKeys } = parseModelEndpoint(baseUrl, { plainHttp });
    if (variable === undefined || takesKeys) return;
    throw new ModelEndpointError('unencrypted-key', host);
  } catch (error) {
    const why = errorMessage(error);
    const isKey = error instanceof ModelEndpointError && error.problem === 'unencrypted-key';
    throw new UsageError(isKey ? `${String(variable)} holds a key. ${why}` : why, { cause: error });
  }
}
