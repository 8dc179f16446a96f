import type { Token } from '../text/lexer.ts';
import type { Voter } from './voters.ts';

/** One way to go on to the end of the line, with what speaks for it. */
export interface LineCandidate {
  readonly tokens: readonly Token[];
  readonly words: readonly number[];
  /** The first token begins with the partly typed word. */
  readonly isPartial: boolean;
  readonly replacesSuffix: boolean;
  readonly gapAfter: boolean;
  readonly voters: readonly Voter[];
  /** Weight of its voters and of all voters. */
  readonly weight: number;
  readonly totalWeight: number;
  /** The lowest share of any token, the end of the line included, among the voters that agree up to there. */
  readonly lowestShare: number;
}

interface Group {
  readonly voters: Voter[];
  weight: number;
}

const MAX_CANDIDATES = 8;
/** The n-th voter for the same counts 1/√n: the tenth repetition in a table says less than the first. */
const REPEAT_EXPONENT = 0.5;

/** Groups voters that propose the same and ranks the groups by weight, at most eight. */
export function lineCandidates(voters: readonly Voter[]): LineCandidate[] {
  const groups = new Map<string, Group>();
  let totalWeight = 0;
  for (const voter of voters) {
    const key = keyOf(voter);
    const group = groups.get(key) ?? { voters: [], weight: 0 };
    groups.set(key, group);
    const weight = voter.weight / (group.voters.length + 1) ** REPEAT_EXPONENT;
    group.weight += weight;
    totalWeight += weight;
    group.voters.push(voter);
  }
  const ranked = [...groups.values()].sort((a, b) => b.weight - a.weight);
  const candidates: LineCandidate[] = [];
  for (const group of ranked.slice(0, MAX_CANDIDATES)) {
    const [first] = group.voters;
    if (first === undefined || first.words.length === 0) continue;
    candidates.push({
      tokens: first.fit.tokens,
      words: first.words,
      isPartial: first.match.isPartial,
      replacesSuffix: first.fit.replacesSuffix,
      gapAfter: first.fit.gapAfter,
      voters: group.voters,
      weight: group.weight,
      totalWeight,
      lowestShare: lowestShareOf(first, voters),
    });
  }
  return candidates;
}

function keyOf(voter: Voter): string {
  return `${voter.match.isPartial ? 'p' : 'w'}${voter.fit.replacesSuffix ? 'r' : 'i'}${voter.words.join()}`;
}

function lowestShareOf(candidate: Voter, voters: readonly Voter[]): number {
  let agreeing = voters;
  let before = voters.reduce((sum, voter) => sum + voter.weight, 0);
  let lowestShare = 1;
  for (let index = 0; index <= candidate.words.length; index++) {
    agreeing = agreeing.filter(
      (voter) =>
        voter.match.isPartial === candidate.match.isPartial && voter.words[index] === candidate.words[index],
    );
    const weight = agreeing.reduce((sum, voter) => sum + voter.weight, 0);
    lowestShare = Math.min(lowestShare, weight / before);
    before = weight;
  }
  return lowestShare;
}
