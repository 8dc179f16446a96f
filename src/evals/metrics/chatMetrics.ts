import type { ChatCase, Place } from '../evalCase.ts';
import type { ChatOutcome, ChatTrial } from '../outcome.ts';
import { contextPrecision, contextRecall, contextShare } from './contextScores.ts';
import type { Metric } from './metric.ts';
import { mean } from './average.ts';

/** Of the places an answer could draw on so many are looked at. */
const CONTEXT = 10;

/** A measure of one answer. */
type TrialMeasure = (trial: ChatTrial, outcome: ChatOutcome) => number | undefined;

/** The mean over a case's trials it applies to, so that a case counts once however often it is asked. */
function overTrials(
  id: string,
  label: string,
  measure: TrialMeasure,
  kind: Metric<ChatOutcome>['kind'] = 'mean',
): Metric<ChatOutcome> {
  return {
    id,
    label,
    kind,
    of: (outcome) => mean(outcome.trials.map((trial) => measure(trial, outcome))),
  };
}

/** Accuracy of abstaining: answers where the workspace holds the answer, and says so where it does not. */
const answeredRightly = overTrials(
  'answers-or-abstains',
  'Answers, or abstains, where it should',
  ({ isAbstention }, { isAnswerable }) => Number(isAbstention !== isAnswerable),
  'rate',
);

/** Its two sides, as a model that never declines is right about half of them. Recall of answering, of declining. */
const answers = overTrials(
  'answers',
  'Answers what the workspace holds',
  ({ isAbstention }, { isAnswerable }) => (isAnswerable ? Number(!isAbstention) : undefined),
  'rate',
);

const declines = overTrials(
  'declines',
  'Declines what it does not hold',
  ({ isAbstention }, { isAnswerable }) => (isAnswerable ? undefined : Number(isAbstention)),
  'rate',
);

/** As `citationF1`, per answer. */
const citesRightly = overTrials('citation-f1', 'Citations: F1', ({ citations }, { gold }) =>
  citationF1(citations, gold),
);

const citesOnlyRight = overTrials(
  'citation-precision',
  'Citations that are right (precision)',
  ({ citations }, { gold }) => citationPrecision(citations, gold),
);

const citesAllRight = overTrials(
  'citation-recall',
  'Right places that are cited (recall)',
  ({ citations }, { gold }) => citationRecall(citations, gold),
);

/** Share of the answers that contain what they must and nothing that they must not. */
const mentions = overTrials(
  'mentions',
  'Says what it must, and nothing it must not',
  ({ answer }, demands) => mentionScore(answer, demands),
  'rate',
);

const contextHolds = overTrials(
  `context-recall@${CONTEXT}`,
  'Right places among those retrieved (context recall)',
  ({ retrieved }, { gold }) => contextRecall(retrieved, gold, CONTEXT),
);

const contextIsRanked = overTrials(
  `context-precision@${CONTEXT}`,
  'Right places stand first (context precision)',
  ({ retrieved }, { gold }) => contextPrecision(retrieved, gold, CONTEXT),
);

const contextIsRight = overTrials(
  `context-share@${CONTEXT}`,
  'Retrieved places that are right',
  ({ retrieved }, { gold }) => contextShare(retrieved, gold, CONTEXT),
);

/** Headline first. */
export const CHAT_METRICS: readonly Metric<ChatOutcome>[] = [
  answeredRightly,
  citesRightly,
  answers,
  declines,
  citesOnlyRight,
  citesAllRight,
  mentions,
  contextHolds,
  contextIsRanked,
  contextIsRight,
];

/**
 * Citation precision: share of the places cited that share a line with a right place. Does not apply without a
 * citation or without a right place. Named as in ALCE (Gao et al., "Enabling Large Language Models to Generate Text
 * with Citations", 2023), which has a model judge each statement; here the right places are known.
 */
export function citationPrecision(cited: readonly Place[], gold: readonly Place[]): number | undefined {
  if (cited.length === 0 || gold.length === 0) return undefined;
  return cited.filter((place) => gold.some((each) => shareLine(place, each))).length / cited.length;
}

/** Citation recall: share of the right places that are cited, 0 when nothing is. Does not apply without a right place. */
export function citationRecall(cited: readonly Place[], gold: readonly Place[]): number | undefined {
  if (gold.length === 0) return undefined;
  return gold.filter((place) => cited.some((each) => shareLine(each, place))).length / gold.length;
}

/**
 * Harmonic mean of citation precision and recall. 0 when nothing is cited, so that it applies to every question that
 * has a right place, whatever is answered.
 */
export function citationF1(cited: readonly Place[], gold: readonly Place[]): number | undefined {
  const recall = citationRecall(cited, gold);
  if (recall === undefined) return undefined;
  const precision = citationPrecision(cited, gold) ?? 0;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** A citation is an exact statement: unlike a hit it is not cut to what a reader would look at. */
export function shareLine(a: Place, b: Place): boolean {
  return a.path === b.path && a.startLine <= b.endLine && b.startLine <= a.endLine;
}

type Demands = Pick<ChatCase, 'mustMention' | 'mustNotMention'>;

/** What of the texts that a right answer contains is missing, and what it should not contain and does. */
interface MentionFaults {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** Texts are looked for anywhere in the answer, whatever the case of their letters. */
export function mentionFaults(answer: string, { mustMention, mustNotMention }: Demands): MentionFaults {
  const lower = answer.toLowerCase();
  const has = (text: string): boolean => lower.includes(text.toLowerCase());
  return { missing: mustMention.filter((text) => !has(text)), extra: mustNotMention.filter(has) };
}

/** 1 when an answer contains all it must and nothing it must not, else 0. Does not apply where nothing is demanded. */
export function mentionScore(answer: string, demands: Demands): number | undefined {
  if (demands.mustMention.length + demands.mustNotMention.length === 0) return undefined;
  const { missing, extra } = mentionFaults(answer, demands);
  return Number(missing.length + extra.length === 0);
}
