import { DEFAULT_SEARCH_WEIGHTS, type SearchWeights } from '../core/retrieval/searchWeights.ts';

/** What is tried out when the search may be tuned to the questions at hand; none of it is what users have. */
export function tunedSettings(): Readonly<Record<string, SearchWeights>> {
  const settings: Record<string, SearchWeights> = {};
  for (const file of [0.4, 0.7, 1]) {
    for (const signatures of [0, 0.3, 0.5]) {
      const lexical = { ...DEFAULT_SEARCH_WEIGHTS.lexical, question: { file, signatures } };
      for (const dense of [0, 0.01, 0.05]) {
        const name = `file ${file}, definition ${signatures}, vectors ${dense}`;
        settings[name] = { ...DEFAULT_SEARCH_WEIGHTS, lexical, dense };
      }
    }
  }
  return settings;
}
