import { ownValue } from '../../core/shared/ownValue.ts';
import type { ChangedCase } from './compareWithBaseline.ts';

/** `hit@10 1 → 0, mrr@10 0.5 → 0`: the scores that changed. */
export function changeWords({ before, now }: Pick<ChangedCase, 'before' | 'now'>): string {
  return Object.entries(now)
    .filter(([measure, score]) => ownValue(before, measure) !== score)
    .map(([measure, score]) => `${measure} ${ownValue(before, measure) ?? '–'} → ${score}`)
    .join(', ');
}
