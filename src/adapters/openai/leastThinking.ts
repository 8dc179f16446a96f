import type { Fields } from '../http/looseJson.ts';

/** OpenAI's models by number: from 5.1 on thinking can be switched off, before only made short. */
const GPT = /(^|[/.:])gpt-(\d+)(?:\.(\d+))?/i;
const ALWAYS_THINKING = /(^|[/.:])o[1-9]\d?([-.:@]|$)|gpt-oss|gemini-(2\.5-pro|[3-9])|codex|-pro\b/i;
/** Open models that think unless their template is told not to. */
const TEMPLATE_SWITCH = /qwen-?3(?!.{0,20}coder)|glm-?[4-9]|deepseek-(r1|v3\.[1-9])|smollm-?3|hunyuan/i;
/** Others that think, and understand OpenAI's name for how much. */
const EFFORT_SWITCH = /gemini-2\.5-flash|magistral|command-a-reasoning/i;

/**
 * The fields of a chat request with which a model thinks not at all, or as little as it can; none for models that do not
 * think by themselves. From the providers' API pages, November 2026. What an endpoint refuses of it, it is asked without.
 */
export function leastThinking(host: string, model: string): Fields {
  if (/(^|\.)deepseek\.com$/.test(host)) return { thinking: { type: 'disabled' } };
  if (TEMPLATE_SWITCH.test(model)) {
    return { reasoning_effort: 'none', chat_template_kwargs: { enable_thinking: false } };
  }
  if (EFFORT_SWITCH.test(model)) return { reasoning_effort: 'none' };
  if (ALWAYS_THINKING.test(model)) return { reasoning_effort: 'low' };
  const [, , major = '', minor = ''] = GPT.exec(model) ?? [];
  if (Number(major) < 5) return {};
  return { reasoning_effort: Number(major) === 5 && Number(minor || 0) === 0 ? 'minimal' : 'none' };
}
