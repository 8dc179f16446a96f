export interface RerankRequest {
  readonly query: string;
  readonly texts: readonly string[];
}

export interface RerankAnswer {
  /** How well each text answers the query, in the order of the texts; comparable within this answer only. */
  readonly scores: readonly number[];
  /** As counted by the provider; undefined when it does not say. */
  readonly inputTokens: number | undefined;
}
