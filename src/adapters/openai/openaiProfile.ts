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
   * How the middle of a file is filled: by an endpoint of its own, or, for servers that pass a prompt on as it is, with the
   * model's own marks around prefix and suffix; `none` where the endpoint can do neither.
   */
  readonly fill: FillProfile | 'marks' | 'none';
}

/** An endpoint that takes `prompt` and `suffix`, and puts the marks itself. */
export interface FillProfile {
  readonly path: string;
  /** Stands in place of the last part of the base URL, where this endpoint is not beside the others. */
  readonly root?: string;
  /** The models that it takes. */
  readonly models: RegExp;
  /** Most texts that may end the answer. */
  readonly stops: number;
  /** Is sent for an empty suffix, where that must not be empty. */
  readonly emptySuffix?: string;
  /** Ends the answer where nobody asks for another end. */
  readonly stop?: readonly string[];
}

const DEFAULT: OpenaiProfile = { streamUsage: true, tokenLimitField: 'max_tokens', fill: 'marks' };
/** https://docs.mistral.ai/api/#tag/fim */
const MISTRAL: OpenaiProfile = {
  streamUsage: false,
  tokenLimitField: 'max_tokens',
  fill: { path: '/fim/completions', models: /codestral/i, stops: 4 },
};
/** https://api-docs.deepseek.com/guides/fim_completion */
const DEEPSEEK: OpenaiProfile = {
  ...DEFAULT,
  fill: { path: '/completions', root: '/beta', models: /^(?!.*reasoner)/i, stops: 16 },
};
/** https://docs.inceptionlabs.ai */
const INCEPTION: OpenaiProfile = {
  ...DEFAULT,
  streamUsage: false,
  fill: {
    path: '/fim/completions',
    models: /mercury-(coder|edit)/i,
    stops: 4,
    emptySuffix: '<|endoftext|>',
    stop: ['\n\n'],
  },
};

/** From the providers' API pages, November 2026. */
const PROFILES = new Map<string, OpenaiProfile>(
  Object.entries({
    'api.openai.com': { streamUsage: true, tokenLimitField: 'max_completion_tokens', fill: 'none' },
    'generativelanguage.googleapis.com': { ...DEFAULT, fill: 'none' },
    'api.cohere.com': { ...DEFAULT, fill: 'none' },
    'api.deepseek.com': DEEPSEEK,
    'api.inceptionlabs.ai': INCEPTION,
    'api.mistral.ai': MISTRAL,
    'codestral.mistral.ai': MISTRAL,
  }),
);

/** Of providers whose API another server may stand in for. */
export const providerProfiles = { mistral: MISTRAL, deepseek: DEEPSEEK, inception: INCEPTION } as const;

/** OpenAI's own hosts, those of its regions and of Azure. */
const OPENAI_HOST = /(^|\.)(api\.openai\.com|openai\.azure\.com|cognitiveservices\.azure\.com)$/;
/** Models of OpenAI that think, under whatever name a gateway has them, take no other name for the limit. */
const THINKING_MODEL = /(^|[/.:])(gpt-([5-9]|\d\d)|o\d)([-.:@]|$)/i;

/** The profile of a host (with its port, if any) for a model; what most servers understand for unknown ones. */
export function openaiProfileOf(host: string, model = ''): OpenaiProfile {
  const known = PROFILES.get(host);
  if (known) return known;
  const isOpenai = OPENAI_HOST.test(host.replace(/:\d+$/, '')) || THINKING_MODEL.test(model);
  return isOpenai ? { ...DEFAULT, tokenLimitField: 'max_completion_tokens', fill: 'none' } : DEFAULT;
}
