import type { Score } from '../metrics/metric.ts';
import type { ChatSuiteResult, Evaluation } from '../evaluation.ts';
import { markup, type Markup } from './markup.ts';
import { hitsOf, intervalWords, percent, scoreText } from './numbers.ts';

/** The number of each suite that matters most, each with how many cases it rests on and how sure it is. */
export function headline({ retrieval, completion, chat }: Evaluation): Markup {
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
        ? card('Chat', answers.value, chatWords(answers, cites, chat), intervalWords(answers))
        : null
    }
  </div>`;
}

function chatWords({ n }: Score, cites: Score | undefined, { model, prompt }: ChatSuiteResult): string {
  const asked = `Of ${n} questions so many are answered where there is an answer, and declined where there is none`;
  const cited =
    cites?.value === undefined || cites.value === null ? '' : ` Citations: F1 ${scoreText(cites)}.`;
  return `${asked} (${[model, ...(prompt === undefined ? [] : [prompt])].join(', ')}).${cited}`;
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
