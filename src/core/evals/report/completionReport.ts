import type { SuiteResult } from '../evaluation.ts';
import type { CompletionOutcome } from '../outcome.ts';
import { markup, type Markup } from './markup.ts';
import { percent } from './numbers.ts';
import { placeMarkup, type PlaceLink } from './placeMarkup.ts';

type Verdict = 'wrong' | 'withheld' | 'silent' | 'right';

/** In the order in which the cases are listed. */
const VERDICTS: Readonly<
  Record<Verdict, { readonly badge: string; readonly tone: string; readonly text: string }>
> = {
  wrong: { badge: 'wrong', tone: 'bad', text: 'What was shown is not what stood there.' },
  withheld: { badge: 'withheld', tone: 'fair', text: 'The guess was right but not sure enough to be shown.' },
  silent: { badge: 'silent', tone: 'quiet', text: 'Nothing was sure enough to be shown, and rightly so.' },
  right: { badge: 'right', tone: 'good', text: 'Exactly what stood there.' },
};
const ORDER = Object.keys(VERDICTS) as Verdict[];

/** Every hidden rest of a line with what was suggested, wrong suggestions first. */
export function completionCases(
  { outcomes }: SuiteResult<CompletionOutcome>,
  link: PlaceLink | undefined,
): Markup {
  const byVerdict = Map.groupBy(outcomes, verdictOn);
  const counts = ORDER.map((verdict) => `${byVerdict.get(verdict)?.length ?? 0} ${VERDICTS[verdict].badge}`);
  const ordered = ORDER.flatMap((verdict) => byVerdict.get(verdict) ?? []);
  return markup`<h3>Lines</h3>
    <p class="quiet">${counts.join(', ')}. Wrong ones come first.</p>
    <div class="cases">${ordered.map((outcome) => caseDetails(outcome, link))}</div>`;
}

function verdictOn({ shown, isExact, heldBack, expected }: CompletionOutcome): Verdict {
  if (shown !== null) return isExact ? 'right' : 'wrong';
  return heldBack === expected ? 'withheld' : 'silent';
}

function caseDetails(outcome: CompletionOutcome, link: PlaceLink | undefined): Markup {
  const { before, expected, shown, heldBack, confidence, path, line, kind, language } = outcome;
  const { badge, tone, text } = VERDICTS[verdictOn(outcome)];
  const start = before.trimStart();
  return markup`<details class="case">
    <summary>
      <span class="badge ${tone}">${badge}</span><code class="question">${start}<mark>${expected}</mark></code
      ><span class="kind">${kind.replace('-', ' ')} · ${language}</span>
    </summary>
    <div class="body">
      <p>${text}</p>
      <dl>
        <dt>Line</dt>
        <dd>${placeMarkup({ path, startLine: line, endLine: line }, link)}</dd>
        <dt>Stood there</dt>
        <dd>
          <code>${start}<mark>${expected}</mark></code>
        </dd>
        ${
          shown === null
            ? null
            : markup`<dt>Shown</dt>
                <dd>
                  <code>${start}<mark>${shown}</mark></code>
                </dd>`
        }
        ${
          heldBack === null
            ? null
            : markup`<dt>Best guess</dt>
                <dd>
                  <code>${start}<mark>${heldBack}</mark></code>
                </dd>`
        }
        ${
          confidence === null
            ? null
            : markup`<dt>Confidence</dt>
                <dd>${percent(confidence)}</dd>`
        }
      </dl>
    </div>
  </details>`;
}
