import type { ModelUsage } from '../metrics/usage.ts';
import { markup, type Markup, measureRow } from './markup.ts';
import { amount, dollars, duration, whole } from './numbers.ts';

/** What language models took, as rows of the table of measures. What is not known is said to be. */
export function usageRows(usage: ModelUsage): Markup {
  return markup`${usageFacts(usage).map(([label, value]) => measureRow(label, value))}`;
}

/** Each fact in words with its value. */
export function usageFacts(usage: ModelUsage): readonly (readonly [label: string, value: string])[] {
  const known = (value: number | null, text: (value: number) => string): string =>
    value === null ? 'not known' : text(value);
  return [
    ['Answers of the model, of which replayed', `${usage.runs}, ${usage.replayed}`],
    ['Tokens read', known(usage.inputTokens, whole)],
    ['Tokens written', known(usage.outputTokens, whole)],
    ['Cost', known(usage.cost, dollars)],
    ['Time to the first token: half of the answers', known(usage.firstTokenP50Ms, duration)],
    ['Time a token', known(usage.msPerToken, duration)],
    ['Tokens written a second', known(usage.tokensPerSecond, amount)],
  ];
}

/** Cases to look at, and behind a click those that went well. */
export function caseList(
  toLookAt: readonly Markup[],
  fine: { readonly title: string; readonly cases: readonly Markup[] },
): Markup {
  return markup`${toLookAt.length > 0 ? markup`<div class="cases">${toLookAt}</div>` : null}
    ${
      fine.cases.length === 0
        ? null
        : markup`<details class="fold">
            <summary>${fine.title}: ${fine.cases.length}</summary>
            <div class="cases">${fine.cases}</div>
          </details>`
    }`;
}
