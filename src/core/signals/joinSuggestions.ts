import type {
  OfferedSignal,
  OutcomeSignal,
  PartialSignal,
  SignalRecord,
  SuggestionOutcome,
  SurvivalSignal,
  UndoneSignal,
} from '../ports/signalRecord.ts';
import type { Fate } from './summary.ts';

/** Everything recorded of one suggestion. */
export interface JoinedSuggestion {
  readonly offered: OfferedSignal;
  readonly fate: Fate | undefined;
  /** How long it was on screen at most; absent while it is on offer, and of what was recorded before that was kept. */
  readonly visibleMs: number | undefined;
  /** At most one for each time that samples are due, earliest first. */
  readonly survival: readonly SurvivalSignal[];
}

/** Later ones outweigh earlier ones: what was accepted was not ignored, and what was undone is not accepted any more. */
const RANKS: readonly Fate[] = ['ignored', 'typed-through', 'partial', 'accepted', 'undone'];

/** Joins records by suggestion, whatever their order and however often they come. */
export function joinSuggestions(records: readonly SignalRecord[]): readonly JoinedSuggestion[] {
  const offers = new Map<string, OfferedSignal>();
  const visible = new Map<string, number>();
  const fates = new Map<string, Fate>();
  const samples = new Map<string, Map<number, SurvivalSignal>>();
  for (const record of records) {
    if (record.kind === 'offered') offers.set(record.id, record);
    else if (record.kind === 'survival') addSample(samples, record);
    else if (record.kind === 'shown') visible.set(record.id, record.visibleMs);
    else if (record.kind !== 'chat' && record.kind !== 'answered') raise(fates, record.id, fateOf(record));
  }
  return [...offers.values()].map((offered) => ({
    offered,
    fate: fates.get(offered.id),
    visibleMs: visible.get(offered.id),
    survival: [...(samples.get(offered.id)?.values() ?? [])].sort((a, b) => a.dueMs - b.dueMs),
  }));
}

function fateOf(
  record: PartialSignal | OutcomeSignal | UndoneSignal,
): SuggestionOutcome | 'partial' | 'undone' {
  return record.kind === 'outcome' ? record.outcome : record.kind;
}

function raise(fates: Map<string, Fate>, id: string, fate: Fate): void {
  const known = fates.get(id);
  if (known === undefined || RANKS.indexOf(fate) > RANKS.indexOf(known)) fates.set(id, fate);
}

function addSample(samples: Map<string, Map<number, SurvivalSignal>>, sample: SurvivalSignal): void {
  const known = samples.get(sample.id) ?? new Map<number, SurvivalSignal>();
  known.set(sample.dueMs, sample);
  samples.set(sample.id, known);
}
