import type { SuiteResult } from '../evaluation.ts';
import { caseAnchor, codeBlock, markup, type Markup, type PlaceLink, placeMarkup } from './markup.ts';
import { relevantRank } from '../metrics/retrievalMetrics.ts';
import type { MissReason, RetrievalOutcome } from '../outcome.ts';
import type { Place } from '../evalCase.ts';
import { caseList } from './scoreTables.ts';

type Hit = RetrievalOutcome['hits'][number];

const REASONS: Readonly<Record<MissReason, string>> = {
  'no-shared-word': 'The question and the code it asks for have no word in common.',
  'right-file': 'Another part of the right file is among the first ten.',
  'ranked-low': 'It is found, but too far down.',
  outranked: 'Other places fit the words of the question better.',
};

/** Every question with what was found, missed ones first, then the worse ranked ones. */
export function retrievalCases(
  { outcomes }: SuiteResult<RetrievalOutcome>,
  link: PlaceLink | undefined,
): Markup {
  const ordered = outcomes.toSorted((a, b) => (b.rank ?? Infinity) - (a.rank ?? Infinity) || 0);
  const [first, other] = [ordered.filter(({ rank }) => rank === 1), ordered.filter(({ rank }) => rank !== 1)];
  const missed = outcomes.filter(({ rank }) => rank === null).length;
  const details = (outcome: RetrievalOutcome): Markup => caseDetails(outcome, link);
  return markup`<h3>Questions</h3>
    <p class="quiet">${missed} missed, ${outcomes.length - missed} found. Missed ones come first.</p>
    ${caseList(other.map(details), { title: 'Right first hit', cases: first.map(details) })}`;
}

function caseDetails(outcome: RetrievalOutcome, link: PlaceLink | undefined): Markup {
  const { id, rank, question, name, gold, source, language, hits } = outcome;
  return markup`<details class="case" id="${caseAnchor('retrieval', id)}">
    <summary>
      ${badge(rank)}<span class="question">${question}</span><span class="kind">${source.replace('-', ' ')} · ${language}</span>
    </summary>
    <div class="body">
      <p><strong>Asks for</strong> <code>${name}</code></p>
      ${gold.map((place, at) => rightPlace(place, at, outcome, link))} ${why(outcome)}
      ${hits.length > 0 ? hitTable(outcome, link) : markup`<p>Nothing was found.</p>`} ${firstHits(outcome, link)}
    </div>
  </details>`;
}

function rightPlace(
  place: Place,
  at: number,
  { goldCode }: RetrievalOutcome,
  link: PlaceLink | undefined,
): Markup {
  return markup`<p>${at > 0 ? 'or in' : 'in'} ${placeMarkup(place, link)}</p>
    ${codeBlock(goldCode[at] ?? '')}`;
}

/** The code of the first hits, of which one sees why they were taken for the answer. */
function firstHits({ hits, gold }: RetrievalOutcome, link: PlaceLink | undefined): Markup | null {
  const shown = hits.filter(({ code }) => code);
  if (shown.length === 0) return null;
  return markup`<details class="fold">
    <summary>How the first hits begin</summary>
    ${shown.map(
      (hit) =>
        markup`<p>${placeMarkup(hit, link)}${isRight(hit, gold) ? RIGHT : null}</p>
          ${codeBlock(hit.code ?? '')}`,
    )}
  </details>`;
}

function badge(rank: number | null): Markup {
  if (rank === null) return markup`<span class="badge bad">missed</span>`;
  return markup`<span class="badge ${rank === 1 ? 'good' : 'fair'}">hit ${rank}</span>`;
}

function why({ miss }: RetrievalOutcome): Markup | null {
  if (!miss) return null;
  const { reason, foundAt, shared } = miss;
  return markup`<p>
    <strong>Why it was missed</strong> ${REASONS[reason]}
    ${foundAt === null ? 'It is not in a list of a hundred.' : `In a list of a hundred it comes at ${foundAt}.`}
    ${shared.length > 0 ? markup`They share: ${shared.join(', ')}.` : null}
  </p>`;
}

function hitTable({ hits, gold }: RetrievalOutcome, link: PlaceLink | undefined): Markup {
  return markup`<div class="wide">
    <table>
      <thead>
        <tr>
          <th scope="col" class="number">Hit</th>
          <th scope="col">Place</th>
          <th scope="col" class="number">Score</th>
          <th scope="col" class="number">by words</th>
          <th scope="col" class="number">by meaning</th>
        </tr>
      </thead>
      <tbody>
        ${hits.map((hit, at) => hitRow(hit, at + 1, { gold, link }))}
      </tbody>
    </table>
  </div>`;
}

function hitRow(
  hit: Hit,
  rank: number,
  { gold, link }: { readonly gold: readonly Place[]; readonly link: PlaceLink | undefined },
): Markup {
  const right = isRight(hit, gold);
  return markup`<tr class="${right ? 'right' : ''}">
    <td class="number">${rank}</td>
    <td>${placeMarkup(hit, link)}${right ? RIGHT : null}</td>
    <td class="number">${hit.score.toFixed(3)}</td>
    <td class="number">${hit.legs.lexical?.toFixed(2) ?? '–'}</td>
    <td class="number">${hit.legs.dense?.toFixed(2) ?? '–'}</td>
  </tr>`;
}

const RIGHT = markup` <span class="badge good">right</span>`;

function isRight(hit: Hit, gold: readonly Place[]): boolean {
  return relevantRank([hit], gold) !== undefined;
}
