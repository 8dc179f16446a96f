import { openBrackets, surplusClosers } from './brackets.ts';
import type { CursorSite } from './cursorSite.ts';
import type { GateFeatures } from './gate.ts';
import type { LineCandidate } from './lineCandidates.ts';
import type { Surroundings } from './surroundings.ts';
import { NAME, type WordKinds } from './wordKinds.ts';

const MAX_EXACT = 16;
const MAX_REACH = 24;
const MAX_UNKNOWN = 4;

/** Describes a candidate to the gate. Counts and weights enter as logarithms, lengths in tens. */
export function gateFeatures(
  candidate: LineCandidate,
  text: string,
  site: CursorSite,
  around: Surroundings,
  kinds: WordKinds,
): GateFeatures {
  const { voters, words } = candidate;
  const matches = voters.map((voter) => voter.match);
  const exact = Math.min(Math.max(...matches.map((match) => match.exact)), MAX_EXACT);
  const share = Math.log(candidate.weight / candidate.totalWeight);
  const line = site.linePrefix + text;
  const unknown = words.filter((word) => kinds.of(word) >= NAME && !around.hasWord(word));
  return {
    bias: 1,
    share,
    lowestShare: Math.log(candidate.lowestShare),
    logExact: Math.log(1 + exact),
    reach: Math.min(Math.max(...matches.map((match) => match.exact + match.loose)), MAX_REACH) / 10,
    agreement: Math.log(1 + Math.max(...voters.map((voter) => voter.agreement))),
    supporters: Math.log(matches.length),
    characters: Math.log(text.trim().length + 1),
    tokens: Math.log(words.length),
    isPartial: candidate.isPartial ? 1 : 0,
    opensUnexpectedly: openBrackets(line) > 0 && !around.opensBlock ? 1 : 0,
    unknownNames: Math.min(unknown.length, MAX_UNKNOWN),
    longestMatch: Math.min(around.longestMatch, MAX_EXACT) / 10,
    shareOfLong: (share * exact) / 10,
    renamedSupport: voters.some((voter) => voter.isRenamed) ? 1 : 0,
    endFit: around.nextText === '' ? -1 : around.lineEndings.fit(line, around.nextText),
    overcloses: Math.min(surplusClosers(line.trim()), 3),
  };
}
