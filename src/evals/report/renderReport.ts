import type { BaselineComparison } from '../baseline/compareWithBaseline.ts';
import { SUITE_TITLES } from '../baseline/scoredCase.ts';
import { counted } from '../counted.ts';
import type { ChatSuiteResult, Evaluation, SuiteResult } from '../evaluation.ts';
import type { Score } from '../metrics/metric.ts';
import type { Summary } from '../summary.ts';
import { chatCases } from './chatReport.ts';
import { comparisonSection } from './comparison.ts';
import { completionCases, confidenceCharts } from './completionReport.ts';
import { markup, Markup, type PlaceLink } from './markup.ts';
import { duration, hitsOf, intervalWords, percent, scoreText } from './numbers.ts';
import { retrievalCases } from './retrievalReport.ts';
import { scoreTables } from './scoreTables.ts';
import { STYLES, STYLES_HASH } from './styles.ts';

/**
 * An evaluation as one HTML document that needs nothing else: no scripts, no requests, its only style named by hash in
 * its own content security policy. Everything that comes from the workspace is escaped. With `link`, every place of the
 * workspace is a link; with `comparison`, there is a section on it.
 */
export function renderReport(
  evaluation: Evaluation,
  link?: PlaceLink,
  comparison?: BaselineComparison,
): string {
  const { workspace, retrieval, completion, chat } = evaluation;
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src '${new Markup(STYLES_HASH)}'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Touchstone on ${workspace}</title>
        <style>${new Markup(STYLES)}</style>
      </head>
      <body>
        <main>
          <h1>How well Touchstone knows ${workspace}</h1>
          ${about(evaluation)}
          ${comparison ? comparisonSection(comparison) : null}${headline(evaluation)}
          ${retrieval ? section(SUITE_TITLES.retrieval, SEARCH, retrieval, { cases: retrievalCases(retrieval, link) }) : null}
          ${completion ? section(SUITE_TITLES.completion, COMPLETION, completion, { cases: completionCases(completion, link), charts: confidenceCharts(completion) }) : null}
          ${chat ? section(SUITE_TITLES.chat, chatWords(chat), chat, { cases: chatCases(chat, link) }) : null}
        </main>
      </body>
    </html>
`;
  return page.html;
}

const SEARCH =
  'Questions made from this workspace: what doc comments and commits say, what tests are called, names in whole, in part and misspelt, and what people wrote down. The comments and tests themselves were hidden from the index first, so the code had to be found by what it is. Hits of more than 60 lines count with their first 60.';
const COMPLETION =
  'The rest of a line of code was hidden, the lines below kept, and the built-in model asked what stood there. Only suggestions it is sure enough of are shown.';

function chatWords({ model, runs }: ChatSuiteResult): string {
  const asked = runs > 1 ? `Each was asked ${runs} times, and counts once.` : 'Each was asked once.';
  return `Questions made from this workspace, some of which it holds no answer to, answered by ${model}. ${asked} A citation is right when it shares a line with a place the answer should rest on.`;
}

function about({ startedMs, elapsedMs, files, copies, seed }: Evaluation): Markup {
  const date = new Date(startedMs).toISOString().slice(0, 16).replace('T', ' ');
  const left = copies.length > 0 ? `, ${counted(copies.length, 'copy', 'copies')} left out` : '';
  return markup`<p class="quiet">
    ${date} UTC · ${counted(files, 'file')}${left} · seed ${seed} · ${duration(elapsedMs)}
  </p>`;
}

function section(
  title: string,
  words: string,
  { summary, remark }: Pick<SuiteResult<unknown>, 'summary' | 'remark'>,
  { cases, charts = null }: { readonly cases: Markup; readonly charts?: Markup | null },
): Markup {
  return markup`<h2 id="${title.toLowerCase()}">${title}</h2>
    <p class="quiet">${words}</p>
    ${remark === null ? null : markup`<p class="remark">${remark}</p>`}
    ${hasCases(summary) ? [scoreTables(summary, charts), cases] : null}`;
}

function hasCases({ scores }: Summary): boolean {
  return scores.some(({ n }) => n > 0);
}

/** The number of each suite that matters most, each with how many cases it rests on and how sure it is. */
function headline({ retrieval, completion, chat }: Evaluation): Markup {
  const found = scoreNamed(retrieval?.summary.scores, 'hit@10');
  const precision = scoreNamed(completion?.summary.scores, 'precision');
  const shown = scoreNamed(completion?.summary.scores, 'show-rate');
  const cites = scoreNamed(chat?.summary.scores, 'citation-f1');
  const answers = scoreNamed(chat?.summary.scores, 'answers-or-abstains');
  return markup`<div class="cards">
    ${
      found && found.value !== null
        ? card(
            'Search',
            found.value,
            `${hitsOf(found)} of ${found.n} questions find the right place among the first ten hits.`,
            intervalWords(found),
          )
        : null
    }
    ${
      precision && precision.value !== null && shown
        ? card(
            'Completion',
            precision.value,
            `${hitsOf(precision)} of ${precision.n} suggestions are exactly the rest of the line. One is shown at ${percent(shown.value ?? 0)} of ${shown.n} places.`,
            intervalWords(precision),
          )
        : null
    }
    ${
      chat && answers && answers.value !== null
        ? card('Chat', answers.value, chatCardWords(answers, cites, chat), intervalWords(answers))
        : null
    }
  </div>`;
}

function chatCardWords({ n }: Score, cites: Score | undefined, { model, prompt }: ChatSuiteResult): string {
  const asked = `Of ${n} questions so many are answered where there is an answer, and declined where there is none`;
  const cited =
    cites?.value === undefined || cites.value === null ? '' : ` Citations: F1 ${scoreText(cites)}.`;
  return `${asked} (${prompt === undefined ? model : `${model}, ${prompt}`}).${cited}`;
}

function card(title: string, value: number, words: string, interval: string): Markup {
  return markup`<section class="card" aria-label="${title}">
    <p><a href="#${title.toLowerCase()}">${title}</a></p>
    <p class="figure">${percent(value)}</p>
    <p>${words}</p>
    <p class="quiet">${interval}</p>
  </section>`;
}

function scoreNamed(scores: readonly Score[] | undefined, metric: string): Score | undefined {
  return scores?.find((score) => score.metric === metric);
}
