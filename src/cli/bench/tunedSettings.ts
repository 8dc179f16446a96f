import { DEFAULT_SEARCH_WEIGHTS, type SearchWeights } from '../../core/retrieval/searchWeights.ts';

/** What is tried out when the search may be tuned to the questions at hand; none of it is what users have. */
export function tunedSettings(): Readonly<Record<string, SearchWeights>> {
  const settings: Record<string, SearchWeights> = {};
  for (const fileOfQuestion of [0.4, 0.7, 1]) {
    for (const signatures of [0.3, 0.5, 0.8]) {
      const lexical = { ...DEFAULT_SEARCH_WEIGHTS.lexical, fileOfQuestion, signatures };
      for (const dense of [0, 0.02, 0.05]) {
        const name = `file ${fileOfQuestion}, definition ${signatures}, vectors ${dense}`;
        settings[name] = { ...DEFAULT_SEARCH_WEIGHTS, lexical, dense };
      }
    }
  }
  return settings;
}
