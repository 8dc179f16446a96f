import type { ModelChoice, ModelProvider } from '../models/modelChoice.ts';
import type { EmbeddingLimits } from '../ports/models.ts';

/** How a provider's embedding models are asked. */
export interface EmbeddingTraits {
  readonly limits: EmbeddingLimits;
  /** Wanted where a model can give fewer dims than its own; null leaves it at those. */
  readonly dims: number | null;
}

/**
 * 512 dims: a third of the memory of a model's own 1,536, and hardly less sharp where the model was trained to be cut
 * (Kusupati et al., "Matryoshka Representation Learning", 2022).
 */
const SHORTENED = 512;

/** From the providers' API pages, November 2026. */
const CUTTABLE: readonly (readonly [RegExp, number])[] = [
  [/^text-embedding-3-/, SHORTENED],
  [/^(models\/)?gemini-embedding-/, 768],
  [/^voyage-(code-3|3-large|3\.5|3\.5-lite|context-3|([4-9]|\d\d)(\.\d+)?(-\w+)?)$/, SHORTENED],
  [/^embed-v4/, SHORTENED],
];

/** Providers' limits for one request. */
const LIMITS: Readonly<Partial<Record<ModelProvider, EmbeddingLimits>>> = {
  openai: { texts: 1024, tokens: 250_000, tokensPerText: 8_000 },
  gemini: { texts: 100, tokens: 100_000, tokensPerText: 2_000 },
  cohere: { texts: 96, tokens: 100_000, tokensPerText: 8_000 },
  voyage: { texts: 128, tokens: 100_000, tokensPerText: 16_000 },
};
const OWN_SERVER: EmbeddingLimits = { texts: 32, tokens: 16_000, tokensPerText: 2_000 };

/** How to ask this model; a server of one's own is taken to bear little. */
export function embeddingTraits({ provider, model }: ModelChoice): EmbeddingTraits {
  const [, dims = null] = CUTTABLE.find(([pattern]) => pattern.test(model)) ?? [];
  return { limits: LIMITS[provider] ?? OWN_SERVER, dims };
}
