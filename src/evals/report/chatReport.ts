import type { ChatSuiteResult } from '../evaluation.ts';
import { citationF1, citationRecall } from '../metrics/citationScores.ts';
import { mean } from '../metrics/mean.ts';
import { mentionScore } from '../metrics/mentions.ts';
import type { ChatOutcome, ChatTrial } from '../outcome.ts';
import { abstentionTable } from './abstentionTable.ts';
import { caseAnchor } from './caseAnchor.ts';
import { chatTrial } from './chatTrialMarkup.ts';
import { caseList } from './caseList.ts';
import { markup, type Markup } from './markup.ts';
import { placeMarkup, type PlaceLink } from './placeMarkup.ts';

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
