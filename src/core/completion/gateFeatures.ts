import { wordOf } from '../text/lexer.ts';
import { openBrackets, surplusClosers } from './brackets.ts';
import type { Continuation } from './continuations.ts';
import type { CursorSite } from './cursorSite.ts';
import type { Surroundings } from './surroundings.ts';
import { NAME, type WordKinds } from './wordKinds.ts';

/**
 * What the gate knows of a continuation, in the order of its weights. Shares and counts are natural logarithms, of a
 * count one more than it is.
 */
export const GATE_FEATURES = [
  /** Share of all votes. */
  'share',
  'lowestShare',
  'lastShare',
  /** Words equal in a row before the best of its places, and with further ones beyond differing names, in tens. */
  'exact',
  'reach',
  /** Words that agree below the line. */
  'agreement',
  'supporters',
  'files',
  'characters',
  'tokens',
  /** 1 when it goes on with the word that is partly typed. */
  'isPartial',
  /** Names that the live text does not have, at most four. */
  'unknownNames',
  /** The best of all places, whatever they go on with, in tens. */
  'longestMatch',
  /** 1 when in all its places names were exchanged. */
  'isRenamed',
  /** Share of its votes whose line ends here, and share of them that the likeliest next token takes: no logarithms. */
  'endShare',
  'surplusClosers',
  /** Of the word that completes what is typed: share among such words, tokens to its nearest use, in tens. */
  'wordShare',
  'wordDistance',
  /** Letters of the word that is partly typed. */
  'typed',
  /** 1 in the same file … 0 elsewhere. */
  'locality',
  /** Tokens to the nearest of its places in the live text, in tens. */
  'distance',
  'nextShare',
  /** How many continuations are likelier. */
  'rank',
  /** For whole lines alone: how well the end suits the next line, and 1 for a block that nothing below goes on with. */
  'endFit',
  'opensUnexpectedly',
] as const;

type GateFeature = (typeof GATE_FEATURES)[number];

export type GateFeatures = Readonly<Record<GateFeature, number>>;

export interface GateScene {
  readonly site: CursorSite;
  readonly around: Surroundings;
  readonly kinds: WordKinds;
  /** Weight of all voters. */
  readonly totalWeight: number;
}

const MAX_EXACT = 16;
const MAX_REACH = 24;
const MAX_UNKNOWN = 4;
const MAX_SURPLUS = 3;
const MAX_LOCALITY = 3;
/** Logarithms of shares that are none, of votes and of words. */
const NO_SHARE = -8;
const NO_WORD = -5;

/** Describes a continuation, of which `rank` others are likelier. */
export function gateFeatures(continuation: Continuation, rank: number, scene: GateScene): GateFeatures {
  const { site, around, kinds, totalWeight } = scene;
  const { tokens, text, voters, isPartial, nearby, support } = continuation;
  const line = site.linePrefix + text;
  const unknown = tokens.map(wordOf).filter((word) => kinds.of(word) >= NAME && !around.hasWord(word));
  return {
    share: logOfShare(totalWeight > 0 ? continuation.weight / totalWeight : 0),
    lowestShare: logOfShare(continuation.lowestShare),
    lastShare: logOfShare(continuation.lastShare),
    exact: Math.log(1 + Math.min(support.exact, MAX_EXACT)),
    reach: Math.min(support.reach, MAX_REACH) / 10,
    agreement: Math.log(1 + support.agreement),
    supporters: Math.log(1 + voters.length),
    files: Math.log(1 + support.files),
    characters: Math.log(1 + text.trim().length),
    tokens: Math.log(tokens.length),
    isPartial: Number(isPartial),
    unknownNames: Math.min(unknown.length, MAX_UNKNOWN),
    longestMatch: Math.min(around.longestMatch, MAX_EXACT) / 10,
    isRenamed: Number(support.isRenamed),
    endShare: continuation.endShare,
    surplusClosers: Math.min(surplusClosers(line.trim()), MAX_SURPLUS),
    wordShare: nearby ? Math.max(Math.log(nearby.share), NO_WORD) : isPartial ? NO_WORD : 0,
    wordDistance: nearby ? Math.log(1 + nearby.distance) / 10 : Number(isPartial),
    typed: Math.log(1 + site.partial.length),
    locality: support.locality / MAX_LOCALITY,
    distance: Math.log(1 + support.distance) / 10,
    nextShare: continuation.nextShare,
    rank: Math.log(1 + rank),
    endFit: around.nextText === '' ? -1 : around.lineEndings.fit(line, around.nextText),
    opensUnexpectedly: Number(openBrackets(line) > 0 && !around.opensBlock),
  };
}

function logOfShare(share: number): number {
  return share > 0 ? Math.max(Math.log(share), NO_SHARE) : NO_SHARE;
}
