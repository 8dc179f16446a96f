import type {
  OfferedSignal,
  OutcomeSignal,
  PartialSignal,
  SignalRecord,
  SuggestionOutcome,
  SurvivalSignal,
  UndoneSignal,
} from '../ports/signalRecord.ts';
import type { FinalOutcome } from './summary.ts';

/** Everything recorded of one suggestion. */
export interface JoinedSuggestion {
  readonly offered: OfferedSignal;
  readonly outcome: FinalOutcome | undefined;
  /** How long it was on screen at most; absent while it is on offer, and of what was recorded before that was kept. */
  readonly visibleMs: number | undefined;
  /** At most one for each time that samples are due, earliest first. */
  readonly survival: readonly SurvivalSignal[];
}

/** Later ones outweigh earlier ones: what was accepted was not ignored, and what was undone is not accepted any more. */
const RANKS: readonly FinalOutcome[] = ['ignored', 'typed-through', 'partial', 'accepted', 'undone'];

/** Joins records by suggestion, whatever their order and however often they come. */
export function joinSuggestions(records: readonly SignalRecord[]): readonly JoinedSuggestion[] {
  const offers = new Map<string, OfferedSignal>();
  const visible = new Map<string, number>();
  const outcomes = new Map<string, FinalOutcome>();
  const samples = new Map<string, Map<number, SurvivalSignal>>();
  for (const record of records) {
    if (record.kind === 'offered') offers.set(record.id, record);
    else if (record.kind === 'survival') addSample(samples, record);
    else if (record.kind === 'shown') visible.set(record.id, record.visibleMs);
    else if (record.kind !== 'chat' && record.kind !== 'answered')
      raise(outcomes, record.id, outcomeOf(record));
  }
  return [...offers.values()].map((offered) => ({
    offered,
    outcome: outcomes.get(offered.id),
    visibleMs: visible.get(offered.id),
    survival: [...(samples.get(offered.id)?.values() ?? [])].sort((a, b) => a.dueMs - b.dueMs),
  }));
}

function outcomeOf(
  record: PartialSignal | OutcomeSignal | UndoneSignal,
): SuggestionOutcome | 'partial' | 'undone' {
  return record.kind === 'outcome' ? record.outcome : record.kind;
}

function raise(outcomes: Map<string, FinalOutcome>, id: string, outcome: FinalOutcome): void {
  const known = outcomes.get(id);
  if (known === undefined || RANKS.indexOf(outcome) > RANKS.indexOf(known)) outcomes.set(id, outcome);
}

function addSample(samples: Map<string, Map<number, SurvivalSignal>>, sample: SurvivalSignal): void {
  const known = samples.get(sample.id) ?? new Map<number, SurvivalSignal>();
  known.set(sample.dueMs, sample);
  samples.set(sample.id, known);
}
