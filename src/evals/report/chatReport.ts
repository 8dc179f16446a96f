import type { Place } from '../evalCase.ts';
import type { ChatSuiteResult } from '../evaluation.ts';
import {
  citationF1,
  citationRecall,
  mentionFaults,
  mentionScore,
  shareLine,
} from '../metrics/chatMetrics.ts';
import { classify } from '../metrics/classification.ts';
import { mean } from '../metrics/average.ts';
import { relevantRank } from '../metrics/retrievalMetrics.ts';
import type { ChatOutcome, ChatTrial } from '../outcome.ts';
import { caseAnchor, codeBlock, markup, type Markup, type PlaceLink, placeMarkup } from './markup.ts';
import { caseList } from './scoreTables.ts';
import { duration, percent } from './numbers.ts';

type Verdict = 'wrong' | 'partly' | 'right';

const TONES: Readonly<Record<Verdict, string>> = { wrong: 'bad', partly: 'fair', right: 'good' };
const ORDER = Object.keys(TONES) as Verdict[];
const PARTLY = 0.5;

/** Every question for the chat with its answers, wrong ones first. */
export function chatCases(result: ChatSuiteResult, link: PlaceLink | undefined): Markup {
  const byVerdict = Map.groupBy(result.outcomes, verdictOn);
  const counts = ORDER.map((verdict) => `${byVerdict.get(verdict)?.length ?? 0} ${verdict}`);
  const cases = (verdicts: readonly Verdict[]): readonly Markup[] =>
    verdicts.flatMap((verdict) => byVerdict.get(verdict) ?? []).map((each) => caseDetails(each, link));
  return markup`${abstentionTable(result.outcomes)}
    <h3>Questions and answers</h3>
    <p class="quiet">${counts.join(', ')}. Wrong ones come first.</p>
    ${failed(result)}
    ${caseList(cases(['wrong', 'partly']), { title: 'Right', cases: cases(['right']) })}`;
}

/** 0 for an answer that declines wrongly, or should have declined, or cites no right place; 1 without a fault. */
function qualityOf({ answer, citations, isAbstention }: ChatTrial, outcome: ChatOutcome): number {
  const { gold, isAnswerable } = outcome;
  if (isAbstention === isAnswerable || citationRecall(citations, gold) === 0) return 0;
  const isFaultless = (citationF1(citations, gold) ?? 1) === 1 && mentionScore(answer, outcome) !== 0;
  return isFaultless ? 1 : PARTLY;
}

function verdictOn(outcome: ChatOutcome): Verdict {
  const quality = mean(outcome.trials.map((trial) => qualityOf(trial, outcome))) ?? 0;
  if (quality === 1) return 'right';
  return quality < PARTLY ? 'wrong' : 'partly';
}

function failed({ errors }: ChatSuiteResult): Markup | null {
  if (errors.length === 0) return null;
  return markup`<details class="fold">
    <summary>Not answered, and not scored: ${errors.length}</summary>
    <ul>
      ${errors.map(({ id, message }) => markup`<li><code>${id}</code> ${message}</li>`)}
    </ul>
  </details>`;
}

function caseDetails(outcome: ChatOutcome, link: PlaceLink | undefined): Markup {
  const { id, question, gold, isAnswerable, source, language, trials } = outcome;
  const verdict = verdictOn(outcome);
  return markup`<details class="case" id="${caseAnchor('chat', id)}">
    <summary>
      <span class="badge ${TONES[verdict]}">${verdict}</span><span class="question">${question}</span
      ><span class="kind">${source.replace('chat-', '').replaceAll('-', ' ')} · ${language}</span>
    </summary>
    <div class="body">
      ${
        isAnswerable
          ? markup`<p><strong>Should rest on</strong> ${gold.map((place, at) => [at > 0 ? ', ' : '', placeMarkup(place, link)])}</p>`
          : markup`<p><strong>Should say</strong> that the workspace does not hold this.</p>`
      }
      ${trials.map((trial, at) => chatTrial(trial, outcome, { at: trials.length > 1 ? at + 1 : null, link }))}
    </div>
  </details>`;
}

const ANSWERS = 'answers';
const DECLINES = 'declines';

/** Whether answers were given where there is one: a row for what should be done and a column for what was. */
function abstentionTable(outcomes: readonly ChatOutcome[]): Markup | null {
  const { n, accuracy, labels, macro, confusion } = classify(
    outcomes.flatMap(({ isAnswerable, trials }) =>
      trials.map(({ isAbstention }) => ({
        actual: isAnswerable ? ANSWERS : DECLINES,
        predicted: isAbstention ? DECLINES : ANSWERS,
      })),
    ),
  );
  if (n === 0 || labels.length < 2) return null;
  const share = (value: number | null): string => (value === null ? '–' : percent(value));
  return markup`<details class="fold">
    <summary>Answers and abstentions: ${share(accuracy)} rightly so</summary>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Should</th>
            ${labels.map(({ label }) => markup`<th scope="col" class="number">${label}</th>`)}
            <th scope="col" class="number">Precision</th>
            <th scope="col" class="number">Recall</th>
            <th scope="col" class="number">F1</th>
          </tr>
        </thead>
        <tbody>
          ${labels.map(
            ({ label, precision, recall, f1 }, row) =>
              markup`<tr>
                <th scope="row">${label === ANSWERS ? 'answer' : 'decline'}</th>
                ${confusion[row]?.map((count) => markup`<td class="number">${count}</td>`) ?? null}
                <td class="number">${share(precision)}</td>
                <td class="number">${share(recall)}</td>
                <td class="number">${share(f1)}</td>
              </tr>`,
          )}
          <tr>
            <th scope="row">Mean of both</th>
            ${labels.map(() => markup`<td></td>`)}
            <td class="number">${share(macro.precision)}</td>
            <td class="number">${share(macro.recall)}</td>
            <td class="number">${share(macro.f1)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  </details>`;
}

/** Fenced code of Markdown, fences and language left out. */
const FENCED = /^[ \t]*```[^\n]*\n((?:(?![ \t]*```)[^\n]*\n)*)[ \t]*```[ \t]*$/m;

interface TrialView {
  /** Which of several answers it is, from 1; null for the only one. */
  readonly at: number | null;
  readonly link: PlaceLink | undefined;
}

/** One answer: what it says, what it cites, and what is missing or too much. */
function chatTrial(trial: ChatTrial, outcome: ChatOutcome, { at, link }: TrialView): Markup {
  const { answer, isAbstention, isReplayed, elapsedMs } = trial;
  const { missing, extra } = mentionFaults(answer, outcome);
  const { gold, isAnswerable } = outcome;
  const uncited = gold.filter((place) => !trial.citations.some((cited) => shareLine(cited, place)));
  const wrongly = isAbstention === isAnswerable;
  return markup`<div class="answer">
    <p class="quiet">
      ${at === null ? 'Answer' : `Answer ${at}`} · ${duration(elapsedMs)}${isReplayed ? ' when recorded' : ''}
      ${wrongly ? badge('bad', isAbstention ? 'declined wrongly' : 'should have declined') : null}
    </p>
    <dl>
      ${
        trial.citations.length > 0
          ? definition(
              'Cites',
              trial.citations.map((place, index) => cited(place, index, gold, link)),
            )
          : null
      }
      ${uncited.length > 0 ? definition('Not cited', places(uncited, link)) : null}
      ${isAnswerable ? definition('Retrieved', retrieved(trial, gold)) : null}
      ${missing.length > 0 ? definition('Does not say', missing.join(', ')) : null}
      ${extra.length > 0 ? definition('Should not say', extra.join(', ')) : null}
    </dl>
    ${answerText(answer)}
  </div>`;
}

/** The answer as it was written, with its code set apart. Long ones are scrolled. */
function answerText(answer: string): Markup {
  const parts = answer.split(FENCED);
  return markup`<blockquote tabindex="0">
    ${parts.map((part, at) => (at % 2 === 1 ? codeBlock(part.replace(/\n$/, '')) : markup`<div>${part.trim()}</div>`))}
  </blockquote>`;
}

function cited(place: Place, index: number, gold: readonly Place[], link: PlaceLink | undefined): Markup {
  const isRight = gold.some((right) => shareLine(place, right));
  const judged = gold.length === 0 ? null : badge(isRight ? 'good' : 'bad', isRight ? 'right' : 'extra');
  return markup`<div>[${index + 1}] ${placeMarkup(place, link)} ${judged}</div>`;
}

function retrieved({ retrieved: found }: ChatTrial, gold: readonly Place[]): string {
  const rank = relevantRank(found, gold);
  if (rank === undefined) return `no right place among ${found.length}`;
  return `the first right place at ${rank} of ${found.length}`;
}

function places(all: readonly Place[], link: PlaceLink | undefined): readonly Markup[] {
  return all.map((place) => markup`<div>${placeMarkup(place, link)}</div>`);
}

function definition(term: string, meaning: string | readonly Markup[]): Markup {
  return markup`<dt>${term}</dt>
    <dd>${meaning}</dd>`;
}

function badge(tone: string, text: string): Markup {
  return markup`<span class="badge ${tone}">${text}</span>`;
}
