import type { StopReason } from '../../core/shared/provenance.ts';

/** Why answers end, in the words of all providers: the first pattern that fits. */
const REASONS: readonly (readonly [RegExp, StopReason])[] = [
  [/^(length|max_?(output_?|new_?|completion_?)?tokens|max_length|model_length|token_limit)/, 'length'],
  [/context_window|context_length|too_long|limit_reached|truncat/, 'length'],
  [
    /filter|safety|refus|block|prohibit|recitation|policy|spii|sensitive|language|toxic|moderat|guardrail|image_/,
    'filter',
  ],
  [/tool/, 'tool'],
  [
    /function|error|abort|cancel|fail|unexpected|interrupt|pause|insufficient|timeout|malformed|unspecified|unknown|other/,
    'other',
  ],
  [/stop|eos|end|complete|finish|done|success|normal/, 'stop'],
];

/** What a provider's reason to end comes to. */
export function stopReasonOf(reason: string): StopReason {
  const word = reason
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replace(/^finish_?reason_/, '');
  return REASONS.find(([pattern]) => pattern.test(word))?.[1] ?? 'other';
}
