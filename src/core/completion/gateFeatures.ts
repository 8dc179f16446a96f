import { openBrackets, surplusClosers } from './brackets.ts';
import type { CursorSite } from './cursorSite.ts';
import type { GateFeatures } from './gate.ts';
import type { LineCandidate } from './lineCandidates.ts';
import type { Surroundings } from './surroundings.ts';
import { NAME, type WordKinds } from './wordKinds.ts';

const MAX_EXACT = 16;
const MAX_REACH = 24;

/** Describes a candidate to the gate. Counts and weights enter as logarithms, lengths in tens. */
export function gateFeatures(
  candidate: LineCandidate,
  text: string,
  site: CursorSite,
  around: Surroundings,
  kinds: WordKinds,
): GateFeatures {
  const matches = candidate.voters.map((voter) => voter.match);
  const exact = Math.min(Math.max(...matches.map((match) => match.exact)), MAX_EXACT);
  const locality = Math.max(...matches.map((match) => match.locality));
  const share = Math.log(candidate.weight / candidate.totalWeight);
  const line = (site.linePrefix + text).trim();
  return {
    bias: 1,
    share,
    lowestShare: Math.log(candidate.lowestShare),
    firstShare: Math.log(candidate.firstShare),
    rivalry: Math.log(1 + candidate.rivalWeight / candidate.weight),
    exact: exact / 10,
    logExact: Math.log(1 + exact),
    reach: Math.min(Math.max(...matches.map((match) => match.exact + match.loose)), MAX_REACH) / 10,
    agreement: Math.log(1 + Math.max(...candidate.voters.map((voter) => voter.agreement))),
    supporters: Math.log(matches.length),
    files: Math.log(new Set(matches.map((match) => match.file)).size),
    isSameFile: locality === 3 ? 1 : 0,
    isSameFolder: locality === 2 ? 1 : 0,
    characters: Math.log(text.trim().length + 1),
    tokens: Math.log(candidate.words.length),
    isLineStart: site.isBlankPrefix ? 1 : 0,
    isPartial: candidate.isPartial ? 1 : 0,
    partialLength: candidate.isPartial ? Math.min(site.partial.length, 6) : 0,
    ...blockFeatures(openBrackets(line) > 0, around.opensBlock),
    unknownNames: Math.min(
      candidate.words.filter((word) => kinds.of(word) >= NAME && !around.hasWord(word)).length,
      4,
    ),
    isKnownLine: around.lines.has(line) ? 1 : 0,
    isNearbyLine: around.nearbyText.includes(line) ? 1 : 0,
    longestMatch: Math.min(around.longestMatch, MAX_EXACT) / 10,
    shorterBy: Math.min(around.longestMatch - exact, 8) / 4,
    shareOfLong: (share * exact) / 10,
    isRenamed: candidate.voters.every((voter) => voter.isRenamed) ? 1 : 0,
    renamedSupport: candidate.voters.some((voter) => voter.isRenamed) ? 1 : 0,
    endFit: around.nextText === '' ? -1 : around.lineEndings.fit(site.linePrefix + text, around.nextText),
    overcloses: Math.min(surplusClosers(line), 3),
    weight: Math.log(candidate.weight) / 10,
  };
}

/** Whether the line opens a bracket, against whether the lines below are indented as if it did. */
function blockFeatures(
  opens: boolean,
  isExpected: boolean,
): Pick<GateFeatures, 'opensUnexpectedly' | 'missesOpening' | 'opensExpectedly'> {
  return {
    opensUnexpectedly: opens && !isExpected ? 1 : 0,
    missesOpening: !opens && isExpected ? 1 : 0,
    opensExpectedly: opens && isExpected ? 1 : 0,
  };
}
