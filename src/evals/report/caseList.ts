import { markup, type Markup } from './markup.ts';

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
