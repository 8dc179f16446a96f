import type { AnsweredSignal, ChatSignal, RecordedProvenance, SignalRecord } from '../ports/signalRecord.ts';
import { promptName } from '../shared/provenance.ts';
import { SEEN_MS } from './dwell.ts';
import { type JoinedSuggestion, joinSuggestions } from './joinSuggestions.ts';
import { proportion } from './proportion.ts';
import type {
  AnswerCounts,
  ChatCounts,
  DayCounts,
  FinalOutcome,
  FeedbackSummary,
  OutcomeCounts,
  RecentSuggestion,
  SurvivalCounts,
} from './summary.ts';

const RECENT_COUNT = 50;

/**
 * Counts what became of every suggestion. Records of suggestions may come in any order and more than once, as after a
 * crash or from several windows; those whose offer is not among them are left out, for their language and source are
 * unknown. `dayOf` names the day of a time as `YYYY-MM-DD`.
 */
export function summarize(records: readonly SignalRecord[], dayOf: (at: number) => string): FeedbackSummary {
  const suggestions = joinSuggestions(records);
  return {
    total: count(suggestions),
    byLanguage: countBy(suggestions, ({ offered }) => offered.language, count),
    bySource: countBy(suggestions, ({ offered }) => offered.provenance.source, count),
    byVariant: countBy(suggestions, ({ offered }) => variantOf(offered.provenance), count),
    days: countDays(suggestions, dayOf),
    survival: countSurvival(suggestions),
    chat: countChat(records),
    recent: suggestions.toSorted(newestFirst).slice(0, RECENT_COUNT).map(toRecent),
  };
}

function count(suggestions: readonly JoinedSuggestion[]): OutcomeCounts {
  const met = (wanted: FinalOutcome) => suggestions.filter(({ outcome }) => outcome === wanted).length;
  const accepted = met('accepted');
  const partial = met('partial');
  const typedThrough = met('typed-through');
  const undone = met('undone');
  const ignored = met('ignored');
  const decided = accepted + partial + typedThrough + undone + ignored;
  return {
    offered: suggestions.length,
    accepted,
    partial,
    typedThrough,
    undone,
    ignored,
    acceptance: proportion(accepted + partial, decided),
    acceptanceOfSeen: proportion(accepted + partial, decided - suggestions.filter(isUnseen).length),
  };
}

function isUnseen({ outcome, visibleMs }: JoinedSuggestion): boolean {
  return outcome === 'ignored' && visibleMs !== undefined && visibleMs < SEEN_MS;
}

/** What `keyOf` has no key for is in no group. */
function countBy<Item, Counts>(
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
  count: (group: readonly Item[]) => Counts,
): Readonly<Record<string, Counts>> {
  const groups = Map.groupBy(items, keyOf);
  return Object.fromEntries(
    [...groups].flatMap(([key, group]) => (key === undefined ? [] : [[key, count(group)] as const])),
  );
}

function variantOf({ model, prompt }: RecordedProvenance): string | undefined {
  return prompt && [...(model === undefined ? [] : [model]), promptName(prompt)].join(' ');
}

/** Samples taken early, because the document was closed, say little about the time they were due at: left out. */
function countSurvival(suggestions: readonly JoinedSuggestion[]): readonly SurvivalCounts[] {
  const samples = suggestions.flatMap(({ survival }) => survival).filter(({ reason }) => reason !== 'closed');
  return [...Map.groupBy(samples, ({ dueMs }) => dueMs)]
    .sort(([a], [b]) => a - b)
    .map(([dueMs, group]) => {
      const counts = { dueMs, kept: 0, edited: 0, replaced: 0, removed: 0, lost: 0 };
      for (const { state } of group) counts[state]++;
      return counts;
    });
}

function countChat(records: readonly SignalRecord[]): ChatCounts {
  const uses = records.filter((record) => record.kind === 'chat');
  const used = new Set(uses.map(({ id }) => id));
  // Records may come more than once.
  const ended = records.filter((record) => record.kind === 'answered');
  const answers = [...new Map(ended.map((answer) => [answer.id, answer])).values()];
  const counted = (group: readonly AnsweredSignal[]) => countAnswers(group, used);
  const times = (wanted: ChatSignal['action']) => uses.filter(({ action }) => action === wanted).length;
  return {
    copied: times('copied'),
    inserted: times('inserted'),
    citationsOpened: times('citation-opened'),
    answers: counted(answers),
    bySource: countBy(answers, ({ provenance }) => provenance.source, counted),
    byVariant: countBy(answers, ({ provenance }) => variantOf(provenance), counted),
  };
}

function countAnswers(answers: readonly AnsweredSignal[], used: ReadonlySet<string>): AnswerCounts {
  const ended = (wanted: AnsweredSignal['state']) => answers.filter(({ state }) => state === wanted).length;
  const usable = answers.filter(({ length }) => length > 0);
  return {
    done: ended('done'),
    stopped: ended('stopped'),
    failed: ended('failed'),
    used: proportion(usable.filter(({ id }) => used.has(id)).length, usable.length),
  };
}

function newestFirst(a: JoinedSuggestion, b: JoinedSuggestion): number {
  return b.offered.at - a.offered.at || (a.offered.id < b.offered.id ? -1 : 1);
}

function toRecent({ offered, outcome, survival }: JoinedSuggestion): RecentSuggestion {
  const { at, language, length, provenance } = offered;
  const { source } = provenance;
  const last = survival.at(-1);
  return {
    at,
    language,
    source,
    length,
    outcome: outcome ?? 'pending',
    ...(last && { survival: last.state }),
  };
}

const MAX_DAYS = 30;
const DAY_MS = 86_400_000;

/** What became of the suggestions of each day up to the last that has any; days without suggestions count zeros. */
function countDays(
  suggestions: readonly JoinedSuggestion[],
  dayOf: (at: number) => string,
): readonly DayCounts[] {
  const groups = Map.groupBy(suggestions, ({ offered }) => dayOf(offered.at));
  return daysUntilLast([...groups.keys()].sort()).map((day) => countDay(day, groups.get(day) ?? []));
}

function countDay(day: string, suggestions: readonly JoinedSuggestion[]): DayCounts {
  const counts = { day, accepted: 0, typedThrough: 0, unused: 0 };
  for (const { outcome } of suggestions) {
    if (outcome === 'accepted' || outcome === 'partial') counts.accepted++;
    else if (outcome === 'typed-through') counts.typedThrough++;
    else if (outcome !== undefined) counts.unused++;
  }
  return counts;
}

/** Every day from the first, at most so many before the last. Calendar days alone: no clock is changed in UTC. */
function daysUntilLast(sorted: readonly string[]): readonly string[] {
  const last = Date.parse(sorted.at(-1) ?? '');
  const first = Math.max(Date.parse(sorted[0] ?? ''), last - (MAX_DAYS - 1) * DAY_MS);
  const days: string[] = [];
  for (let day = first; day <= last; day += DAY_MS) days.push(new Date(day).toISOString().slice(0, 10));
  return days;
}
