import type { JoinedSuggestion } from './joinSuggestions.ts';
import type { DayCounts } from './summary.ts';

const MAX_DAYS = 30;
const DAY_MS = 86_400_000;

/** What became of the suggestions of each day up to the last that has any; days without suggestions count zeros. */
export function countDays(
  suggestions: readonly JoinedSuggestion[],
  dayOf: (at: number) => string,
): readonly DayCounts[] {
  const groups = Map.groupBy(suggestions, ({ offered }) => dayOf(offered.at));
  return daysUntilLast([...groups.keys()].sort()).map((day) => countDay(day, groups.get(day) ?? []));
}

function countDay(day: string, suggestions: readonly JoinedSuggestion[]): DayCounts {
  const counts = { day, accepted: 0, typedThrough: 0, unused: 0 };
  for (const { fate } of suggestions) {
    if (fate === 'accepted' || fate === 'partial') counts.accepted++;
    else if (fate === 'typed-through') counts.typedThrough++;
    else if (fate !== undefined) counts.unused++;
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
