import type { SuiteResult } from '../evaluation.ts';
import { ratedGuesses } from '../metrics/ratedGuesses.ts';
import type { CompletionOutcome } from '../outcome.ts';
import { caseAnchor } from './caseAnchor.ts';
import { caseList } from './caseList.ts';
import { markup, type Markup } from './markup.ts';
import { percent } from './numbers.ts';
import { placeMarkup, type PlaceLink } from './placeMarkup.ts';
import { precisionChart } from './precisionChart.ts';
import { reliabilityDiagram } from './reliabilityDiagram.ts';

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
/** Fewer make no curve. */
const ENOUGH_GUESSES = 20;
const ORDER = Object.keys(VERDICTS) as Verdict[];

/** Every hidden rest of a line with what was suggested, wrong suggestions first. */
export function completionCases(
  { outcomes }: SuiteResult<CompletionOutcome>,
  link: PlaceLink | undefined,
): Markup {
  const byVerdict = Map.groupBy(outcomes, verdictOn);
  const counts = ORDER.map((verdict) => `${byVerdict.get(verdict)?.length ?? 0} ${VERDICTS[verdict].badge}`);
  const cases = (verdicts: readonly Verdict[]): readonly Markup[] =>
    verdicts.flatMap((verdict) => byVerdict.get(verdict) ?? []).map((each) => caseDetails(each, link));
  return markup`<h3>Lines</h3>
    <p class="quiet">${counts.join(', ')}. Wrong ones come first.</p>
    ${caseList(cases(['wrong', 'withheld']), { title: 'Right, or silent and rightly so', cases: cases(['right', 'silent']) })}`;
}

/** How confidence relates to what is right; null for too few guesses. */
export function confidenceCharts({ outcomes, summary }: SuiteResult<CompletionOutcome>): Markup | null {
  const guesses = ratedGuesses(outcomes);
  if (guesses.length < ENOUGH_GUESSES) return null;
  const score = (id: string): number | null =>
    summary.scores.find(({ metric }) => metric === id)?.value ?? null;
  const [shown, precision] = [score('show-rate'), score('precision')];
  const today = shown === null || precision === null ? null : { shown, precision };
  return markup`<h3>Confidence</h3>
    <div class="charts">
      ${reliabilityDiagram(guesses)}${precisionChart(guesses, outcomes.length, today)}
    </div>`;
}

function verdictOn({ shown, isExact, heldBack, expected }: CompletionOutcome): Verdict {
  if (shown !== null) return isExact ? 'right' : 'wrong';
  return heldBack === expected ? 'withheld' : 'silent';
}

function caseDetails(outcome: CompletionOutcome, link: PlaceLink | undefined): Markup {
  const { id, before, expected, shown, heldBack, confidence, path, line, kind, language } = outcome;
  const { badge, tone, text } = VERDICTS[verdictOn(outcome)];
  const start = before.trimStart();
  return markup`<details class="case" id="${caseAnchor('completion', id)}">
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
