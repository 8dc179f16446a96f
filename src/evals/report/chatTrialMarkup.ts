import type { Place } from '../evalCase.ts';
import { shareLine } from '../metrics/citationScores.ts';
import { mentionFaults } from '../metrics/mentions.ts';
import { relevantRank } from '../metrics/relevantRank.ts';
import type { ChatOutcome, ChatTrial } from '../outcome.ts';
import { markup, type Markup } from './markup.ts';
import { duration } from './numbers.ts';
import { codeBlock, placeMarkup, type PlaceLink } from './placeMarkup.ts';

/** Fenced code of Markdown, fences and language left out. */
const FENCED = /^[ \t]*```[^\n]*\n([^]*?)\n?[ \t]*```[ \t]*$/m;

interface TrialView {
  /** Which of several answers it is, from 1; null for the only one. */
  readonly at: number | null;
  readonly link: PlaceLink | undefined;
}

/** One answer: what it says, what it cites, and what is missing or too much. */
export function chatTrial(trial: ChatTrial, outcome: ChatOutcome, { at, link }: TrialView): Markup {
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
    ${parts.map((part, at) => (at % 2 === 1 ? codeBlock(part) : markup`<div>${part.trim()}</div>`))}
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
