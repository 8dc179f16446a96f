/** How a provider answers requests for vectors and for an order of texts. The vectors of a text are made from its length. */
export interface EmbeddingWire {
  readonly path: string;
  /** A good answer to a request's body. */
  answer(body: Readonly<Record<string, unknown>>): object;
  /** What the request must say for these texts, beside the model. */
  body(texts: readonly string[], kind: 'document' | 'query', dims: number | null): object;
}

export const vectorOf = (text: string): readonly number[] => [text.length, 1, -1];

const listed = (texts: readonly string[]) =>
  // Out of order on purpose: the index counts.
  texts.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) })).reverse();

export const openaiEmbeddingWire: EmbeddingWire = {
  path: '/v1/embeddings',
  answer: ({ input }) => ({
    data: listed(input as string[]),
    usage: { prompt_tokens: 12, total_tokens: 12 },
  }),
  body: (input, _, dims) => ({ input, encoding_format: 'float', ...(dims !== null && { dimensions: dims }) }),
};

export const voyageEmbeddingWire: EmbeddingWire = {
  path: '/v1/embeddings',
  answer: ({ input }) => ({ data: listed(input as string[]), usage: { total_tokens: 12 } }),
  body: (input, kind, dims) => ({
    input,
    input_type: kind,
    ...(dims !== null && { output_dimension: dims }),
  }),
};

export const cohereEmbeddingWire: EmbeddingWire = {
  path: '/v2/embed',
  answer: ({ texts }) => ({
    id: '1',
    embeddings: { float: (texts as string[]).map(vectorOf) },
    meta: { api_version: { version: '2' }, billed_units: { input_tokens: 12 } },
  }),
  body: (texts, kind, dims) => ({
    texts,
    input_type: kind === 'query' ? 'search_query' : 'search_document',
    embedding_types: ['float'],
    truncate: 'END',
    ...(dims !== null && { output_dimension: dims }),
  }),
};
