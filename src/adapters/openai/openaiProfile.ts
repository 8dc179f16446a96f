import type { EndpointOptions } from '../http/endpointOptions.ts';

export interface OpenaiOptions extends EndpointOptions {
  /** By the endpoint's host and the model unless given. */
  readonly profile?: OpenaiProfile;
}

/** How an OpenAI-compatible endpoint differs from the others. */
export interface OpenaiProfile {
  /** Understands `stream_options.include_usage`. Some that do not reject the whole request. */
  readonly streamUsage: boolean;
  readonly tokenLimitField: 'max_tokens' | 'max_completion_tokens';
  /**
   * How the middle of a file is filled: with a `suffix` field at an address of this name, or, for servers that pass a
   * prompt on as it is, with the model's own marks around prefix and suffix.
   */
  readonly fill: '/completions' | '/fim/completions' | 'marks';
}

const DEFAULT: OpenaiProfile = { streamUsage: true, tokenLimitField: 'max_tokens', fill: 'marks' };
const MISTRAL: OpenaiProfile = {
  streamUsage: false,
  tokenLimitField: 'max_tokens',
  fill: '/fim/completions',
};

/** From the providers' API pages, November 2026. */
const PROFILES = new Map<string, OpenaiProfile>(
  Object.entries({
    'api.openai.com': { streamUsage: true, tokenLimitField: 'max_completion_tokens', fill: '/completions' },
    'api.deepseek.com': { ...DEFAULT, fill: '/completions' },
    'api.mistral.ai': MISTRAL,
    'codestral.mistral.ai': MISTRAL,
  }),
);

/** OpenAI's own hosts, those of its regions and of Azure. */
const OPENAI_HOST = /(^|\.)(api\.openai\.com|openai\.azure\.com|cognitiveservices\.azure\.com)$/;
/** Models of OpenAI that think, under whatever name a gateway has them, take no other name for the limit. */
const THINKING_MODEL = /(^|[/.:])(gpt-([5-9]|\d\d)|o\d)([-.:@]|$)/i;

/** The profile of a host (with its port, if any) for a model; what most servers understand for unknown ones. */
export function openaiProfileOf(host: string, model = ''): OpenaiProfile {
  const known = PROFILES.get(host);
  if (known) return known;
  const isOpenai = OPENAI_HOST.test(host.replace(/:\d+$/, '')) || THINKING_MODEL.test(model);
  return isOpenai ? { ...DEFAULT, tokenLimitField: 'max_completion_tokens' } : DEFAULT;
}
