/**
 * US dollars for a million tokens, by model. From the providers' price pages, read 2026-11-20; where a model is not
 * listed its price is not known, which is not the same as nothing.
 */
const PRICES = new Map<string, number>(
  Object.entries({
    'openai:text-embedding-3-small': 0.02,
    'openai:text-embedding-3-large': 0.13,
    'gemini:gemini-embedding-001': 0.15,
    'voyage:voyage-code-3': 0.18,
    'cohere:embed-v4.0': 0.12,
  }),
);

/** What embedding so many tokens costs, in US dollars; null when the price is not known. */
export function embeddingCost(model: string, tokens: number): number | null {
  const price = PRICES.get(model);
  return price === undefined ? null : (price * tokens) / 1_000_000;
}
