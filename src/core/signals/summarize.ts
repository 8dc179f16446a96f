import type { OfferedSignal, SignalRecord, SuggestionOutcome } from './record.ts';
import type { FeedbackSummary, OutcomeCounts, RecentSuggestion } from './summary.ts';

const RECENT_COUNT = 50;

interface Suggestion {
  readonly offered: OfferedSignal;
  readonly outcome: SuggestionOutcome | undefined;
}

/**
 * Counts what became of every suggestion. Records may come in any order and more than once, as after a crash or from
 * several windows. An acceptance outweighs any other outcome of its suggestion; an outcome whose offer is not among
 * the records is left out, for its language and source are unknown.
 */
export function summarize(records: readonly SignalRecord[]): FeedbackSummary {
  const suggestions = joinOutcomes(records);
  return {
    total: count(suggestions),
    byLanguage: countBy(suggestions, ({ offered }) => offered.language),
    bySource: countBy(suggestions, ({ offered }) => offered.source),
    recent: suggestions.sort(newestFirst).slice(0, RECENT_COUNT).map(toRecent),
  };
}

function joinOutcomes(records: readonly SignalRecord[]): Suggestion[] {
  const offers = new Map<string, OfferedSignal>();
  const outcomes = new Map<string, SuggestionOutcome>();
  for (const record of records) {
    if (record.kind === 'offered') offers.set(record.id, record);
    else if (outcomes.get(record.id) !== 'accepted') outcomes.set(record.id, record.outcome);
  }
  return [...offers.values()].map((offered) => ({ offered, outcome: outcomes.get(offered.id) }));
}

function count(suggestions: readonly Suggestion[]): OutcomeCounts {
  let accepted = 0;
  let ignored = 0;
  for (const { outcome } of suggestions) {
    if (outcome === 'accepted') accepted++;
    else if (outcome === 'ignored') ignored++;
  }
  return { offered: suggestions.length, accepted, ignored };
}

function countBy(
  suggestions: readonly Suggestion[],
  keyOf: (suggestion: Suggestion) => string,
): Readonly<Record<string, OutcomeCounts>> {
  const groups = Map.groupBy(suggestions, keyOf);
  return Object.fromEntries([...groups].map(([key, group]) => [key, count(group)]));
}

function newestFirst(a: Suggestion, b: Suggestion): number {
  return b.offered.at - a.offered.at || (a.offered.id < b.offered.id ? -1 : 1);
}

function toRecent({ offered, outcome }: Suggestion): RecentSuggestion {
  const { at, language, source, length } = offered;
  return { at, language, source, length, outcome: outcome ?? 'pending' };
}
