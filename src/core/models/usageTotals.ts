import type { CallEvent } from './callEvent.ts';

export interface ModelTotals {
  readonly calls: number;
  readonly failed: number;
  readonly abandoned: number;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** Calls whose tokens are not in the sums, because the provider never told: it sends the count last. */
  readonly uncounted: number;
  /** US dollars; null as soon as one counted call has no known price. */
  readonly costUsd: number | null;
}

const NOTHING: ModelTotals = {
  calls: 0,
  failed: 0,
  abandoned: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  uncounted: 0,
  costUsd: 0,
};

/** Sums of tokens and cost, a model each. Feed it every event of the calls. */
export class UsageTotals {
  readonly #totals = new Map<string, ModelTotals>();

  observe(event: CallEvent): void {
    if (event.type !== 'ended') return;
    const sum = this.#totals.get(event.model) ?? NOTHING;
    const { usage, outcome, costUsd } = event;
    this.#totals.set(event.model, {
      calls: sum.calls + 1,
      failed: sum.failed + Number(outcome === 'failed'),
      abandoned: sum.abandoned + Number(outcome === 'abandoned'),
      inputTokens: sum.inputTokens + (usage?.inputTokens ?? 0),
      cachedInputTokens: sum.cachedInputTokens + (usage?.cachedInputTokens ?? 0),
      outputTokens: sum.outputTokens + (usage?.outputTokens ?? 0),
      uncounted: sum.uncounted + Number(usage === undefined),
      costUsd: usage === undefined ? sum.costUsd : addCost(sum.costUsd, costUsd),
    });
  }

  /** By model id. */
  get byModel(): ReadonlyMap<string, ModelTotals> {
    return this.#totals;
  }
}

function addCost(sum: number | null, cost: number | null): number | null {
  return sum === null || cost === null ? null : sum + cost;
}
