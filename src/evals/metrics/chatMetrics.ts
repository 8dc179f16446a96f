import type { ChatOutcome, ChatTrial } from '../outcome.ts';
import { citationF1, citationPrecision, citationRecall } from './citationScores.ts';
import { contextPrecision, contextRecall, contextShare } from './contextScores.ts';
import { mean } from './mean.ts';
import { mentionScore } from './mentions.ts';
import type { Metric } from './metric.ts';

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
