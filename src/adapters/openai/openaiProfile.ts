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

/** The profile of a host; what most servers understand for an unknown one. */
export function openaiProfileOf(host: string): OpenaiProfile {
  return PROFILES.get(host) ?? DEFAULT;
}
